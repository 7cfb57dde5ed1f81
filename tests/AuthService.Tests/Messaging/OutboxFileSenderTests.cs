using System.Text.Json;
using AuthService.Messaging;
using AuthService.Storage;
using AuthService.Storage.Rows;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AuthService.Tests.Messaging;

public sealed class OutboxFileSenderTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("authservice-test-").FullName;

    private string Path => System.IO.Path.Combine(_data, "outbox", "messages.jsonl");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_message_is_a_line_that_people_and_grep_can_read()
    {
        using var sender = Sender();

        await sender.SendAsync(new Message(ContactKind.Phone, "+4915112345678", MessageTemplate.VerifyContact, "de-DE", "123456"), default);
        await sender.SendAsync(new Message(ContactKind.Email, "josé@example.org", MessageTemplate.PasswordChanged, "en", ReportToken: "as_report_x"), default);

        (await File.ReadAllLinesAsync(Path)).ShouldBe(
        [
            """{"to":"+4915112345678","template":"verify_contact","code":"123456","channel":"phone","locale":"de-DE","time":"2026-11-23T08:00:00+00:00"}""",
            """{"to":"josé@example.org","template":"password_changed","channel":"email","locale":"en","time":"2026-11-23T08:00:00+00:00","reportToken":"as_report_x"}""",
        ]);
    }

    [Fact]
    public async Task The_file_is_its_owners_only()
    {
        using var sender = Sender();

        await sender.SendAsync(new Message(ContactKind.Email, "ada@example.org", MessageTemplate.StepUp, "en", "123456"), default);

        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Messages_sent_at_once_are_lines_of_their_own()
    {
        using var sender = Sender();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            sender.SendAsync(new Message(ContactKind.Email, $"person{number}@example.org", MessageTemplate.StepUp, "en", "123456"), default)));

        var recipients = (await File.ReadAllLinesAsync(Path)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("to").GetString());
        recipients.Distinct().Count().ShouldBe(50);
    }

    private OutboxFileSender Sender() => new(
        Options.Create(new StorageOptions { DataPath = _data }),
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero)));
}
