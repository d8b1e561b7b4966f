package org.lunwarden.conf.value;

import java.util.List;

import org.lunwarden.conf.regex.InvertibleEre;

/** What says to which devices an entry of a section applies, and what an entry is called. */
public final class EntryKeywords {

    public static final Keyword<String> VENDOR =
            Keyword.of("vendor", Words.EXPRESSION, "The vendors the entry applies to.");
    public static final Keyword<String> PRODUCT =
            Keyword.of("product", Words.EXPRESSION, "The products the entry applies to.");
    public static final Keyword<String> REVISION =
            Keyword.of("revision", Words.EXPRESSION, "The revisions the entry applies to; without it, all.");
    public static final Keyword<String> PRODUCT_BLACKLIST =
            Keyword.of("product_blacklist", Words.LISTED_TEXT, "Products of the vendor that are blacklisted.");
    public static final Keyword<String> VPD_VENDOR = Keyword.of(
            "vpd_vendor", Words.exactly(List.of("hp3par")), "The vendor's page of product data that is shown.");
    public static final Keyword<String> WWID = Keyword.of("wwid", Words.TEXT, "The map the entry applies to, exactly.");
    public static final Keyword<String> ALIAS = Keyword.of("alias", Words.NAME, "The name of the map.");
    public static final Keyword<String> TYPE =
            Keyword.of("type", Words.exactly(PathKeywords.PROTOCOLS), "The protocol the entry applies to, exactly.");
    public static final Keyword<InvertibleEre> LISTED_DEVNODE =
            Keyword.of("devnode", Words.LISTED, "Names of device nodes.");
    public static final Keyword<InvertibleEre> LISTED_WWID = Keyword.of("wwid", Words.LISTED, "WWIDs.");
    public static final Keyword<InvertibleEre> LISTED_PROPERTY =
            Keyword.of("property", Words.LISTED, "Names of udev properties.");
    public static final Keyword<InvertibleEre> LISTED_PROTOCOL =
            Keyword.of("protocol", Words.LISTED, "Protocols, for example scsi:fcp.");
    public static final Keyword<InvertibleEre> LISTED_VENDOR = Keyword.of("vendor", Words.LISTED, "Vendors.");
    public static final Keyword<InvertibleEre> LISTED_PRODUCT = Keyword.of("product", Words.LISTED, "Products.");

    private EntryKeywords() {}
}
