using static AuthService.Messaging.MessageTemplate;

namespace AuthService.Messaging;

internal static class GermanTexts
{
    private const string Footer = "Wir fragen nie nach einem Code oder Passwort, weder am Telefon noch per E-Mail oder Nachricht. Wer fragt, ist nicht von uns.";
    private const string NotYou = "Wenn Sie das nicht waren, stellen Sie Ihr Konto jetzt wieder her und prüfen Sie seine Geräte.";

    public static string HowToReport(string token) =>
        $"Um es zu melden und das Konto sperren zu lassen, bis Sie es wiederherstellen, geben Sie dies binnen 7 Tagen in der App ein: {token}";

    public static MessageText Of(MessageTemplate template, string code)
    {
        var (subject, body) = template switch
        {
            VerifyContact => ("Ihr Code zur Anmeldung eines Kontos", $"{code} ist Ihr Code für das neue Konto. Er gilt 10 Minuten. Wenn Sie kein Konto anlegen, beachten Sie dies nicht."),
            ChangeContact => ("Ihr Code für den neuen Kontakt", $"{code} ist Ihr Code, um diesen Kontakt zu bestätigen. Er gilt 10 Minuten."),
            StepUp => ("Ihr Code zum Anmelden", $"{code} ist Ihr Code zum Anmelden. Er gilt 10 Minuten. Wenn Sie sich nicht anmelden, kennt jemand Ihr Passwort: Ändern Sie es."),
            Recovery => ("Ihr Code zur Wiederherstellung", $"{code} ist Ihr Code für ein neues Passwort. Er gilt 10 Minuten. Wenn Sie ihn nicht angefordert haben, beachten Sie dies nicht."),
            SignUpOnYourContact => ("Sie haben bereits ein Konto", "Jemand, vielleicht Sie selbst, wollte mit diesem Kontakt ein Konto anlegen. Sie haben bereits eines: Melden Sie sich an, oder stellen Sie es wieder her, wenn Sie das Passwort vergessen haben."),
            ContactChanged => ("Ihr Kontakt wurde geändert", $"Der Kontakt Ihres Kontos wurde geändert. {NotYou}"),
            PasswordChanged => ("Ihr Passwort wurde geändert", $"Ihr Passwort wurde geändert, andere Sitzungen wurden beendet. {NotYou}"),
            AccountRecovered => ("Ihr Konto wurde wiederhergestellt", $"Ein neues Passwort wurde durch Wiederherstellung gesetzt, alle Sitzungen wurden beendet. {NotYou}"),
            LoginRefused => ("Eine Anmeldung wurde abgelehnt", "Jemand hat Ihr Passwort aus einer Umgebung benutzt, die wir abgelehnt haben. Wenn Sie das nicht waren, ändern Sie Ihr Passwort."),
            StepUpRequired => ("Eine Anmeldung aus neuer Umgebung", "Ihr Passwort wurde aus einer neuen Umgebung benutzt, und wir haben einen weiteren Faktor verlangt. Wenn Sie das nicht waren, ändern Sie Ihr Passwort."),
            DeviceBound => ("Ein Gerät wurde hinzugefügt", $"Ihrem Konto wurde ein Gerät hinzugefügt. {NotYou}"),
            DeviceBoundWaiting => ("Ein Gerät wurde hinzugefügt und wartet", "Ihrem Konto wurde ein Gerät ohne Zustimmung eines früheren hinzugefügt. Es gilt 72 Stunden lang als nicht vertraut. Wenn Sie das nicht waren, entfernen Sie es jetzt."),
            DeviceUnbound => ("Ein Gerät wurde entfernt", $"Ein Gerät wurde von Ihrem Konto entfernt, seine Sitzungen wurden beendet. {NotYou}"),
            FactorEnrolled => ("Ein zweiter Faktor wurde hinzugefügt", $"Ihrem Konto wurde ein zweiter Faktor hinzugefügt. {NotYou}"),
            FactorRemoved => ("Ein zweiter Faktor wurde entfernt", $"Ein zweiter Faktor wurde von Ihrem Konto entfernt. {NotYou}"),
            FactorWaiting => ("Ein zweiter Faktor wurde hinzugefügt und wartet", "Ihrem Konto wurde ein zweiter Faktor ohne Zustimmung eines früheren hinzugefügt. Er gilt 72 Stunden lang nicht. Wenn Sie das nicht waren, entfernen Sie ihn jetzt."),
            ContactWaiting => ("Ein neuer Kontakt wurde hinzugefügt und wartet", "Für Ihr Konto wurde ein neuer Kontakt bestätigt, ohne Zustimmung eines Geräts oder zweiten Faktors. In 72 Stunden tritt er an die Stelle Ihres Kontakts. Wenn Sie das nicht waren, halten Sie es jetzt auf."),
            RecoveryWaiting => ("Jemand will Ihr Konto wiederherstellen", "Jemand, der Ihre Nachrichten lesen kann, hat ein neues Passwort verlangt, ohne Gerät oder zweiten Faktor von Ihnen. Es gilt in 72 Stunden; bis dahin gilt Ihr Passwort. Wenn Sie das nicht waren, halten Sie es jetzt auf: Melden Sie sich an und ändern Sie Ihr Passwort."),
            CompromiseReported => ("Ihr Konto wurde gesperrt", "Ein Einbruch wurde gemeldet. Deshalb wurden alle Sitzungen beendet, was kürzlich hinzukam, gilt nicht mehr, und das Passwort ist ungültig. Stellen Sie das Konto wieder her, um ein neues zu setzen."),
            SessionReused => ("Eine Sitzung wurde beendet", "Eine Ihrer Sitzungen wurde von zwei Stellen zugleich benutzt, deshalb haben wir sie beendet. Melden Sie sich neu an, und ändern Sie Ihr Passwort, wenn Sie keinen Grund dafür kennen."),
            AccountHeld => ("Zu viele falsche Passwörter", "An Ihrem Konto wurden zu viele falsche Passwörter versucht, deshalb halten wir unbekannte Geräte auf. Ihre bekannten Geräte gehen weiter; auf anderen stellen Sie Ihr Konto wieder her."),
            _ => throw new ArgumentOutOfRangeException(nameof(template)),
        };
        return new MessageText(subject, body, Footer);
    }
}
