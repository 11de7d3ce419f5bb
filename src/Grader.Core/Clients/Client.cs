using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Clients;

/// <summary>A reference client's connection with a submission's server.</summary>
public sealed class Client : Connection
{
    // A window of observation: does the server wait for a client that reads nothing?
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(300);

    // No reply whose length its content tells is that long; a server that sends for ever shall not fill our memory.
    private const int LongestReply = 65_536;

    private const int MostSurplus = 4096;

    // A message longer than most buffers begins with a part of it that fills none: it is shorter than large ones, and as a
    // prime no multiple of a small one.
    private const int LongMessage = 65_536;
    private const int Opening = 20_011;

    // How far a stream runs ahead of our reading, in blocks.
    private const int MostUnread = 16;

    private readonly List<Task> _sending = [];
    private readonly Action _served;
    private ReadOnlyMemory<byte> _reply;

    // Whether it has sent something since it last heard a whole reply.
    private bool _isOwed;

    internal Client(Socket socket, Server server, Watch watch, Transcript transcript, string label, Action served)
        : base(socket, server, watch, transcript, label, isClient: true)
    {
        _served = served;
    }

    /// <summary>How many bytes had come before the reply that is or was read last.</summary>
    public int HeardBefore { get; private set; }

    /// <summary>Whether a reply came to it that it has not asked for.</summary>
    /// <param name="reply">The reply to what it may have asked.</param>
    internal bool HasSurplus(ReadOnlySpan<byte> reply) =>
        !reply.IsEmpty && PeekUnread().AsSpan().Count(reply) > (_isOwed ? 1 : 0);

    /// <summary>Whether it is connected with this server, and not with one before it.</summary>
    internal bool IsWith(Server? server) => Program == server;

    /// <summary>Sends in one write, as far as the kernel takes it.</summary>
    /// <exception cref="CheckFailedException">The server stopped reading.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> bytes) => TrySendAsync(bytes);

    /// <summary>Leaves the server alone for a moment: does it take silence for the end of something?</summary>
    public Task PauseAsync() => Task.Delay(Idle, Watch.Token);

    /// <summary>Sends each byte in a write of its own, when the server has taken the one before.</summary>
    public async Task SendByteByByteAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            await SendAsync(bytes.Slice(i, 1));
            await WaitUntilTakenAsync();
        }
    }

    /// <summary>Waits until the server has read all that was sent, and sleeps, or has had the time to come back to it.</summary>
    /// <exception cref="CheckFailedException">It stopped reading.</exception>
    public async Task WaitUntilTakenAsync()
    {
        try
        {
            await WaitForTakenAsync();
        }
        catch (OperationCanceledException) when (Watch.Finding is not null)
        {
            throw Fail(new("a server that reads what was sent", "it stopped reading"));
        }

        await SettleTakenAsync();
    }

    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, bool isStream = false)
    {
        _isOwed = true;
        try
        {
            return await WriteAsync(bytes, isStream);
        }
        catch (OperationCanceledException) when (Watch.Finding is not null)
        {
            throw Fail(new($"a server that reads all of {Text.Count(bytes.Length, "byte")}", "it stopped reading"));
        }
    }

    private async Task<bool> TrySendLongAsync(ReadOnlyMemory<byte> bytes) =>
        bytes.Length < LongMessage
            ? await TrySendAsync(bytes)
            : await TrySendOpeningAsync(bytes) && await TrySendAsync(bytes[Opening..], isStream: true);

    // How much of a long message a read gets is chance. The end of a part that comes alone fills no buffer: whoever takes that
    // for the end of all fails always.
    private async Task<bool> TrySendOpeningAsync(ReadOnlyMemory<byte> bytes)
    {
        var isOpen = await TrySendAsync(bytes[..Opening], isStream: true);
        await WaitUntilTakenAsync();
        // To send to a server that has closed would throw away what it said before.
        return isOpen && (!Program.Host.CanObserve || IsOpenAtProgram);
    }

    /// <summary>Sends the last that this client has to say, and half-closes.</summary>
    /// <exception cref="CheckFailedException">The server stopped reading.</exception>
    public async Task SendLastAsync(ReadOnlyMemory<byte> bytes)
    {
        await SendAsync(bytes);
        HalfClose();
    }

    /// <summary>Sends, and at the same time reads the reply: both directions of a stream flow on their own.</summary>
    /// <exception cref="CheckFailedException">The reply is wrong.</exception>
    public Task ExchangeAsync(Exchange exchange) => ExchangeAsync(exchange.Request, () => exchange.ExpectAsync(this));

    /// <summary>Likewise, but reads nothing for a while, and then in sips, each when the server can send no more.</summary>
    /// <exception cref="CheckFailedException">The reply is not <paramref name="expected"/>.</exception>
    public Task ExchangeInSipsAsync(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> expected, int sip) =>
        ExchangeAsync(
            request,
            async () =>
            {
                using (Watch.WaitToReceive(ClientPort))
                {
                    // The server cannot send while nothing is read.
                    await Task.Delay(Idle, Watch.Token);
                }

                await ExpectAsync(expected, sip, () => Program.SettleAsync(Settling.Briefly, Watch.Token));
            }
        );

    /// <summary>Sends a block again and again, and at the same time expects every one of them back.</summary>
    /// <param name="block">What is sent: a long message.</param>
    /// <param name="goesOn">Asked before each block, with the number of bytes sent so far.</param>
    /// <returns>How many bytes went each way.</returns>
    /// <exception cref="CheckFailedException">Something else came back.</exception>
    public async Task<long> StreamAsync(ReadOnlyMemory<byte> block, Func<long, bool> goesOn)
    {
        // What runs ahead of our reading piles up in a server that takes whatever comes, as far as a busy machine lets it.
        var blocks = Channel.CreateBounded<ReadOnlyMemory<byte>>(MostUnread);
        // Nobody reads yet: a server that says more than it hears would wait for that, and we for it to take the opening.
        var isOpen = await TrySendOpeningAsync(block);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Watch.Token);
        var sending = SendBlocksAsync(blocks.Writer, block, isOpen, goesOn, reading.Token);
        _sending.Add(sending);
        try
        {
            await WaitUntilHeldUpAsync(sending, blocks.Reader);
            await foreach (var expected in blocks.Reader.ReadAllAsync())
            {
                await ExpectAsync(expected);
            }
        }
        catch (CheckFailedException e)
        {
            throw new CheckFailedException(
                e.Failure with
                {
                    Expected = "every byte of a long stream",
                    Actual = "it broke off, or other bytes came",
                    Caret = null,
                    DependsOnTiming = true,
                    // What comes in place of a block's bytes may be of the next one.
                    Reply = e.Failure.Reply is { } reply
                        ? reply with
                        {
                            Expected = (byte[])[.. block.Span, .. block.Span],
                        }
                        : null,
                }
            );
        }
        finally
        {
            await reading.CancelAsync();
        }

        return await sending;
    }

    /// <summary>Reads exactly the expected bytes, in whatever pieces they come.</summary>
    /// <exception cref="CheckFailedException">Other bytes, fewer bytes, or none came.</exception>
    public Task ExpectAsync(ReadOnlyMemory<byte> expected) => ExpectAsync(expected, Chunk, () => Task.CompletedTask);

    /// <summary>Reads a reply whose length only its content tells.</summary>
    /// <param name="measure">
    /// The length of the reply in what came so far, or null while it needs more; its second argument tells whether more
    /// need not be expected, since the server rests or the connection has ended.
    /// </param>
    /// <param name="toTheEnd">Whether the server has been told that it will be asked nothing more, so that it may close.</param>
    public async Task<Heard> HearAsync(Func<ReadOnlyMemory<byte>, bool, int?> measure, bool toTheEnd = false)
    {
        HeardBefore = (int)Read;
        var all = new ArrayBufferWriter<byte>();
        var rests = false;
        var isSilent = false;
        int? length = null;
        while (length is null && !isSilent && HasMore && all.WrittenCount < LongestReply)
        {
            try
            {
                var room = RoomFor(LongestReply - all.WrittenCount);
                var count =
                    all.WrittenCount == 0 || rests
                        ? await ReceiveAsync(room, Watch.Token)
                        // Half a line, with no reason to wait, is likely to become a whole one.
                        : await ReceiveUntilQuietAsync(
                            room,
                            toTheEnd && all.WrittenSpan[^1] != (byte)'\n',
                            goesOn: true
                        );
                rests = count is null;
                all.Write(Buffer.AsSpan(0, count ?? 0));
            }
            catch (OperationCanceledException) when (Watch.Finding is not null)
            {
                isSilent = true;
            }

            length = all.WrittenCount == 0 ? null : measure(all.WrittenMemory, rests || Ending != Ending.None);
        }

        var end = length ?? all.WrittenCount;
        _reply = all.WrittenMemory[..end];
        PutBack(all.WrittenMemory[end..]);
        _isOwed = false;
        return new Heard(_reply.ToArray(), Ending);
    }

    /// <summary>Half-closes, reads on, and leaves: surplus bytes are wrong, any manner of closing is right.</summary>
    /// <param name="isHarmless">Tells of what else came whether the protocol lets it pass; by default nothing does.</param>
    /// <exception cref="CheckFailedException">More bytes came.</exception>
    public async Task FinishAsync(Func<byte[], bool>? isHarmless = null)
    {
        HalfClose();
        var surplus = await DrainAsync(MostSurplus);
        if (surplus.Length > 0 && isHarmless?.Invoke(surplus) != true)
        {
            throw Fail(Difference.DescribeSurplus(_reply, surplus));
        }

        await DisposeAsync();
        _served();
    }

    /// <summary>Waits for the server's FIN, and for nothing else.</summary>
    /// <param name="isHarmless">As in <see cref="FinishAsync"/>.</param>
    /// <exception cref="CheckFailedException">More bytes, RST or silence came.</exception>
    public async Task ExpectEndOfFileAsync(Func<byte[], bool> isHarmless)
    {
        const string Expected = "end of file after the last byte";
        var reply = _reply;
        var surplus = await HearAsync(
            (bytes, isAll) =>
                (isAll || bytes.Length >= MostSurplus) && !isHarmless(bytes.ToArray()) ? bytes.Length : null
        );
        if (surplus.Bytes.Length > 0 && !isHarmless(surplus.Bytes))
        {
            throw Fail(
                Difference.DescribeSurplus(reply, surplus.Bytes) with
                {
                    Expected = Expected,
                    Actual = $"\"{Difference.Quote(surplus.Bytes)}\" as well",
                    DependsOnTiming = false,
                }
            );
        }

        if (Ending == Ending.None)
        {
            throw Fail(new(Expected, "silence: the connection stays open") { Symptom = Symptom.StaysOpen });
        }

        if (Ending == Ending.Reset)
        {
            throw Fail(new(Expected, "the connection was reset"));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var sending in _sending)
        {
            try
            {
                await sending;
            }
            catch (Exception e) when (e is CheckFailedException or OperationCanceledException)
            {
                // The reading side has already told of it.
            }
        }
    }

    private CheckFailedException Fail(Failure failure) =>
        new(failure with { Client = Label, HeardBefore = HeardBefore });

    private async Task<long> SendBlocksAsync(
        ChannelWriter<ReadOnlyMemory<byte>> blocks,
        ReadOnlyMemory<byte> block,
        bool isOpen,
        Func<long, bool> goesOn,
        CancellationToken cancellationToken
    )
    {
        var sent = 0L;
        try
        {
            var rest = block[Opening..];
            // What a server that has closed said before is expected all the same.
            for (; (isOpen || sent == 0) && Ending == Ending.None && goesOn(sent); sent += block.Length)
            {
                await blocks.WriteAsync(block, cancellationToken);
                isOpen = isOpen && await TrySendAsync(rest, isStream: true);
                rest = block;
            }
        }
        finally
        {
            blocks.Complete();
        }

        return sent;
    }

    // Whether a send takes only a part of what it is given would be chance, if we read from the first byte on.
    private async Task WaitUntilHeldUpAsync(Task sending, ChannelReader<ReadOnlyMemory<byte>> unread)
    {
        using var wait = Watch.WaitToReceive(ClientPort);
        for (var look = 0; Program.Host.CanObserve && !sending.IsCompleted; look++)
        {
            if (IsHeldUp || unread.Count >= MostUnread)
            {
                // One that has no processor now seems to be held up, or has not yet come to what was sent.
                await Program.SettleAsync(Settling.Briefly, Watch.Token);
                if (IsHeldUp || unread.Count >= MostUnread)
                {
                    return;
                }
            }

            await Pause.AfterLookAsync(look, Watch.Token);
        }
    }

    // All that was sent has come, and the server has no room for the rest: it waits for us to read.
    private bool IsHeldUp => OurSide is { SendQueue: > 0, AwaitsAcknowledgement: false };

    private async Task ExchangeAsync(ReadOnlyMemory<byte> request, Func<Task> expect)
    {
        var sending = TrySendLongAsync(request);
        _sending.Add(sending);
        await expect();
        await sending;
    }

    private async Task ExpectAsync(ReadOnlyMemory<byte> expected, int most, Func<Task> beforeEach)
    {
        HeardBefore = (int)Read;
        _reply = expected;
        var matched = 0;
        while (matched < expected.Length)
        {
            int count;
            try
            {
                using var wait = Watch.WaitToReceive(ClientPort);
                await beforeEach();
                count = await ReceiveUnjudgedAsync(
                    Buffer.AsMemory(0, Math.Min(most, expected.Length - matched)),
                    Watch.Token
                );
            }
            catch (OperationCanceledException) when (Watch.Finding is not null)
            {
                throw Fail(Difference.Describe(expected, matched, [], Ending.None));
            }

            var received = Buffer.AsMemory(0, count);
            var common = received.Span.CommonPrefixLength(expected.Span[matched..]);
            matched += common;
            if (count == 0 || common < count)
            {
                var more = count == 0 ? [] : await DrainAsync(Difference.Context);
                byte[] wrong = [.. received[common..].ToArray().Concat(more).Take(Difference.Context)];
                throw Fail(Difference.Describe(expected, matched, wrong, Ending));
            }
        }

        _isOwed = false;
    }
}
