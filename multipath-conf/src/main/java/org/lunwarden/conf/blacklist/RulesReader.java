package org.lunwarden.conf.blacklist;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.Statement.Block;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.conf.value.SettingsReader;

/** Reads a section {@code blacklist} or {@code blacklist_exceptions}. */
public final class RulesReader {

    private RulesReader() {}

    /** @param problems to which what is wrong is added */
    public static Rules read(Block block, List<Problem> problems) {
        var settings = SettingsReader.read(block, problems);
        var rules = new Rules(
                matching(settings, EntryKeywords.LISTED_DEVNODE),
                matching(settings, EntryKeywords.LISTED_WWID),
                matching(settings, EntryKeywords.LISTED_PROPERTY),
                matching(settings, EntryKeywords.LISTED_PROTOCOL),
                devices(block, problems));
        return Rules.NONE.and(rules);
    }

    private static List<Rule.Matching> matching(Settings settings, Keyword<InvertibleEre> keyword) {
        return settings.all(keyword).stream()
                .map(setting -> new Rule.Matching(setting.value(), setting.origin()))
                .toList();
    }

    private static List<Rule.Device> devices(Block block, List<Problem> problems) {
        var rules = new ArrayList<Rule.Device>();
        block.blocks(Section.LISTED_DEVICE).forEach(device -> {
            var settings = SettingsReader.read(device, problems);
            var vendor = settings.get(EntryKeywords.LISTED_VENDOR).map(Setting::value);
            var product = settings.get(EntryKeywords.LISTED_PRODUCT).map(Setting::value);
            if (vendor.isEmpty() && product.isEmpty()) {
                problems.add(Problem.error(device.at(), "a device without vendor and product, ignored", "one of them"));
            } else {
                rules.add(new Rule.Device(vendor, product, new Origin.InFile(device.at())));
            }
        });
        return rules;
    }
}
