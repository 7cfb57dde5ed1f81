using System.IO.Pipelines;
using System.Security.Cryptography;
using AuthService.Hosting.Calls;
using static AuthService.Hosting.Calls.MessageHash;

namespace AuthService.Tests.Hosting;

public sealed class MessageHashTests
{
    private const int MaxLength = 1000;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(300, 7)]
    [InlineData(1000, 4096)]
    public async Task The_message_is_hashed_however_it_arrives(int length, int pieces)
    {
        var message = RandomNumberGenerator.GetBytes(length);

        var (outcome, hash) = await ComputeAsync(Framed(message), pieces);

        outcome.ShouldBe(Outcome.Hashed);
        hash.ShouldBe(SHA256.HashData(message));
    }

    [Fact]
    public async Task Every_byte_is_left_for_who_reads_it_next()
    {
        var framed = Framed([1, 2, 3]);
        var body = await BodyAsync(framed, pieces: 2);

        await MessageHash.ComputeAsync(body, MaxLength, CancellationToken.None);

        var read = await body.ReadAtLeastAsync(framed.Length);
        read.Buffer.FirstSpan.Length.ShouldBeGreaterThan(0);
        System.Buffers.BuffersExtensions.ToArray(read.Buffer).ShouldBe(framed);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 1 })]
    public async Task A_message_that_ends_too_early_is_told_apart(byte[] framed) =>
        (await ComputeAsync(framed, pieces: 1)).Outcome.ShouldBe(Outcome.Truncated);

    [Fact]
    public async Task A_compressed_message_is_told_apart_before_it_is_read() =>
        (await ComputeAsync([1, 0, 0, 0, 9], pieces: 1)).Outcome.ShouldBe(Outcome.Compressed);

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 3, 233 })]
    [InlineData(new byte[] { 0, 255, 255, 255, 255 })]
    public async Task A_message_that_says_it_is_too_large_is_not_waited_for(byte[] header) =>
        (await ComputeAsync(header, pieces: 1)).Outcome.ShouldBe(Outcome.TooLarge);

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[5 + message.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }

    private static async Task<(Outcome Outcome, byte[] Hash)> ComputeAsync(byte[] framed, int pieces) =>
        await MessageHash.ComputeAsync(await BodyAsync(framed, pieces), MaxLength, CancellationToken.None);

    private static async Task<PipeReader> BodyAsync(byte[] bytes, int pieces)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 16));
        foreach (var piece in bytes.Chunk(Math.Max(1, bytes.Length / pieces)))
            await pipe.Writer.WriteAsync(piece);
        await pipe.Writer.CompleteAsync();
        return pipe.Reader;
    }
}
