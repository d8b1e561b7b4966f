package org.lunwarden.fleet.channel;

import java.util.Collection;
import java.util.List;

/** Makes channels of their settings. */
public final class Channels {

    private Channels() {}

    /** @param fleet the name of the cluster: where what is told comes from */
    public static List<Channel> of(Collection<ChannelSettings> settings, String fleet) {
        return settings.stream().map(each -> of(each, fleet)).toList();
    }

    private static Channel of(ChannelSettings settings, String fleet) {
        return switch (settings) {
            case ChannelSettings.Alertmanager alertmanager -> new AlertmanagerChannel(alertmanager);
            case ChannelSettings.Webhook webhook -> new WebhookChannel(webhook, fleet);
            case ChannelSettings.Syslog syslog -> new SyslogChannel(syslog);
            case ChannelSettings.Mail mail -> new MailChannel(mail, fleet);
        };
    }
}
