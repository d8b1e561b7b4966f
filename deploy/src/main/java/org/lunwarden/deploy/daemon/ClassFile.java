package org.lunwarden.deploy.daemon;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which classes a class file names (JVM specification 4.4). */
final class ClassFile {

    private static final int MAGIC_AND_VERSION = 8;

    private ClassFile() {}

    /** Their binary names, arrays left out. */
    static Set<String> namedBy(InputStream classFile) throws IOException {
        var in = new DataInputStream(classFile);
        in.skipNBytes(MAGIC_AND_VERSION);
        var count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        Map<Integer, Integer> classes = new HashMap<>();
        for (var index = 1; index < count; index++) {
            var tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, in.readUTF());
                case 7 -> classes.put(index, in.readUnsignedShort());
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    index++;
                }
                default -> throw new IOException("constant " + index + " has the unknown tag " + tag);
            }
        }
        return classes.values().stream()
                .map(at -> texts.getOrDefault(at, "["))
                .filter(name -> !name.startsWith("["))
                .map(name -> name.replace('/', '.'))
                .collect(Collectors.toSet());
    }
}
