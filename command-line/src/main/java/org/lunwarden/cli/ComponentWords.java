package org.lunwarden.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** Components as they are written on a command line: {@code switch:100050eb1a2b3c4d/12}. */
final class ComponentWords implements ITypeConverter<Component> {

    @Override
    public Component convert(String word) {
        var colon = word.indexOf(':');
        if (colon < 1 || colon == word.length() - 1) {
            throw new TypeConversionException("'" + word + "' is not CLASS:ID, such as switch:100050eb1a2b3c4d/12");
        }
        var kind = ComponentClass.parse(word.substring(0, colon))
                .orElseThrow(() -> new TypeConversionException("'" + word.substring(0, colon) + "' is none of "
                        + Arrays.stream(ComponentClass.values())
                                .map(ComponentClass::word)
                                .collect(Collectors.joining(", "))));
        return new Component(kind, word.substring(colon + 1));
    }

    /** The body of a request that names them. */
    static ObjectNode request(List<Component> components) {
        var request = ViewOption.JSON.createObjectNode();
        var all = request.putArray("components");
        for (var component : components) {
            all.addObject().put("class", component.kind().word()).put("id", component.id());
        }
        return request;
    }
}
