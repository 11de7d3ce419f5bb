using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Clients;

/// <summary>A reference client's connection: every wait on it is judged, every byte on it is in the transcript.</summary>
public sealed class Client : IAsyncDisposable
{
    // "As soon as the server has taken the FIN and sleeps": for this long without a break.
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(50);

    // Where the end of the connection tells the end of a reply, only servers that forget to close are waited for so long.
    private static readonly TimeSpan LongRest = TimeSpan.FromMilliseconds(400);

    // A server that is busy for so long does not rest, but is not about to say more either.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);

    // For servers that never sleep.
    private static readonly TimeSpan TakenTime = TimeSpan.FromMilliseconds(50);

    // A window of observation: does the server wait for a client that reads nothing?
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(300);

    private const int Chunk = 65_536;

    // No reply whose length its content tells is that long; a server that sends for ever shall not fill our memory.
    private const int LongestReply = 65_536;

    private const int MostSurplus = 4096;

    // A message longer than most buffers begins with a part of it that fills none: it is shorter than large ones, and as a
    // prime no multiple of a small one.
    private const int LongMessage = 65_536;
    private const int Opening = 20_011;

    // How far a stream runs ahead of our reading, in blocks.
    private const int MostUnread = 16;

    private readonly Socket _socket;
    private readonly Server _server;
    private readonly Watch _watch;
    private readonly Transcript _transcript;
    private readonly string _label;
    private readonly IPEndPoint _local;
    private readonly IPEndPoint _remote;
    private readonly byte[] _buffer = new byte[Chunk];
    private readonly List<Task> _sending = [];
    private readonly Action _served;
    private ReadOnlyMemory<byte> _ahead;
    private bool _isHalfClosed;
    private long _received;
    private ReadOnlyMemory<byte> _reply;

    internal Client(Socket socket, Server server, Watch watch, Transcript transcript, string label, Action served)
    {
        _socket = socket;
        _server = server;
        _watch = watch;
        _transcript = transcript;
        _label = label;
        _served = served;
        _local = (IPEndPoint)socket.LocalEndPoint!;
        _remote = (IPEndPoint)socket.RemoteEndPoint!;
    }

    public Ending Ending { get; private set; }

    /// <summary>As the transcript calls it: "client A".</summary>
    public string Label => _label;

    /// <summary>How many bytes had come before the reply that is or was read last.</summary>
    public int HeardBefore { get; private set; }

    /// <summary>Whether bytes came that nobody has asked for.</summary>
    public bool HasUnread => !HasLeft && (!_ahead.IsEmpty || _socket.Available > 0);

    /// <summary>Whether this client has closed its connection, or thrown it away.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether any byte of a reply came.</summary>
    public bool HasReceived => _received > 0;

    // What came with an earlier reply outlives the connection.
    private bool HasMore => Ending == Ending.None || !_ahead.IsEmpty;

    /// <summary>Sends in one write, as far as the kernel takes it.</summary>
    /// <exception cref="CheckFailedException">The server stopped reading.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> bytes) => TrySendAsync(bytes);

    // False when the connection is gone.
    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, bool isStream = false)
    {
        using var wait = _watch.WaitToSend(_local.Port);
        try
        {
            for (var sent = 0; sent < bytes.Length; )
            {
                var part = bytes.Slice(sent, Math.Min(Chunk, bytes.Length - sent));
                _transcript.Sent(_label, part.Span, isStream);
                sent += await _socket.SendAsync(part, SocketFlags.None, _watch.Token);
                _watch.Moved();
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // What can still be read tells more than the failed write.
            return false;
        }
        catch (OperationCanceledException) when (_watch.Finding is not null)
        {
            throw Fail(new($"a server that reads all of {Text.Count(bytes.Length, "byte")}", "it stopped reading"));
        }
    }

    // How much of a long message a read gets is chance. The end of a part that comes alone fills no buffer: whoever takes that
    // for the end of all fails always.
    private async Task<bool> TrySendLongAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < LongMessage)
        {
            return await TrySendAsync(bytes);
        }

        var isOpen = await TrySendAsync(bytes[..Opening], isStream: true);
        await WaitUntilTakenAsync();
        // To send to a server that has closed would throw away what it said before.
        return isOpen
            && (!_server.Host.CanObserve || IsOpenAtServer)
            && await TrySendAsync(bytes[Opening..], isStream: true);
    }

    /// <summary>Sends the last that this client has to say, and half-closes.</summary>
    /// <exception cref="CheckFailedException">The server stopped reading.</exception>
    public async Task SendLastAsync(ReadOnlyMemory<byte> bytes)
    {
        await SendAsync(bytes);
        HalfClose();
    }

    /// <summary>Leaves the server alone for a moment: does it take silence for the end of something?</summary>
    public Task PauseAsync() => Task.Delay(Idle, _watch.Token);

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
    public async Task WaitUntilTakenAsync()
    {
        try
        {
            using var wait = _watch.Wait();
            for (var look = 0; IsUntaken; look++)
            {
                await Pause.AfterLookAsync(look, _watch.Token);
            }
        }
        catch (OperationCanceledException) when (_watch.Finding is not null)
        {
            throw Fail(new("a server that reads what was sent", "it stopped reading"));
        }

        await _server.SettleAsync(Settling.Briefly, TakenTime, _watch.Token);
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
                using (_watch.WaitToReceive(_local.Port))
                {
                    // The server cannot send while nothing is read.
                    await Task.Delay(Idle, _watch.Token);
                }

                await ExpectAsync(expected, sip, () => _server.SettleAsync(Settling.Briefly, _watch.Token));
            }
        );

    /// <summary>Sends a block again and again, and at the same time expects every one of them back.</summary>
    /// <param name="block">What is sent.</param>
    /// <param name="goesOn">Asked before each block, with the number of bytes sent so far.</param>
    /// <returns>How many bytes went each way.</returns>
    /// <exception cref="CheckFailedException">Something else came back.</exception>
    public async Task<long> StreamAsync(ReadOnlyMemory<byte> block, Func<long, bool> goesOn)
    {
        // What runs ahead of our reading piles up in a server that takes whatever comes, as far as a busy machine lets it.
        var blocks = Channel.CreateBounded<ReadOnlyMemory<byte>>(MostUnread);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_watch.Token);
        var sending = SendBlocksAsync(blocks.Writer, block, goesOn, reading.Token);
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
        HeardBefore = (int)(_received - _ahead.Length);
        var all = new ArrayBufferWriter<byte>();
        var rests = false;
        var isSilent = false;
        int? length = null;
        while (length is null && !isSilent && HasMore && all.WrittenCount < LongestReply)
        {
            try
            {
                var count =
                    all.WrittenCount == 0 || rests
                        ? await ReceiveAsync(_buffer, _watch.Token)
                        // Half a line, with no reason to wait, is likely to become a whole one.
                        : await ReceiveUntilQuietAsync(_buffer, toTheEnd && all.WrittenSpan[^1] != (byte)'\n');
                rests = count is null;
                all.Write(_buffer.AsSpan(0, count ?? 0));
            }
            catch (OperationCanceledException) when (_watch.Finding is not null)
            {
                isSilent = true;
            }

            length = all.WrittenCount == 0 ? null : measure(all.WrittenMemory, rests || Ending != Ending.None);
        }

        var end = length ?? all.WrittenCount;
        _reply = all.WrittenMemory[..end];
        _ahead = all.WrittenMemory[end..];
        // How much of the next reply came along is chance: it is told when it is read.
        _transcript.TakeBack(_label, _ahead.Length);
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

    /// <summary>Everything that comes until the server rests or the connection ends; at most so many bytes.</summary>
    public Task<byte[]> ListenAsync(int most) => DrainAsync(most);

    /// <summary>Says that this client will send no more (FIN).</summary>
    public void HalfClose()
    {
        if (_isHalfClosed)
        {
            return;
        }

        _isHalfClosed = true;
        _transcript.Note(_label, Deed.HalfCloses, "half-closes");
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has already thrown the connection away.
        }
    }

    /// <summary>Waits for the server's FIN, and for nothing else.</summary>
    /// <param name="isHarmless">As in <see cref="FinishAsync"/>.</param>
    /// <exception cref="CheckFailedException">More bytes, RST or silence came.</exception>
    public async Task ExpectEndOfFileAsync(Func<byte[], bool> isHarmless)
    {
        const string Expected = "end of file after the last byte";
        var reply = _reply;
        var surplus = await HearAsync((bytes, _) => isHarmless(bytes.ToArray()) ? null : bytes.Length);
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

    /// <summary>Throws the connection away (RST).</summary>
    public async Task ResetAsync()
    {
        HasLeft = true;
        _transcript.Note(_label, Deed.Resets, "resets");
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
        // The runtime closes it when whoever uses it has let go of it, and the kernel delivers the RST after that: what
        // the server does about it begins only then.
        for (var look = 0; _server.Host.CanObserve && IsOpenAtServer; look++)
        {
            await Pause.AfterLookAsync(look, _watch.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasLeft)
        {
            HasLeft = true;
            if (!_isHalfClosed)
            {
                // After a half-close this says nothing new to the server.
                _transcript.Note(_label, Deed.Closes, "closes");
            }

            _server.Host.Close(_socket);
        }

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
        new(failure with { Client = _label, HeardBefore = HeardBefore });

    private async Task<long> SendBlocksAsync(
        ChannelWriter<ReadOnlyMemory<byte>> blocks,
        ReadOnlyMemory<byte> block,
        Func<long, bool> goesOn,
        CancellationToken cancellationToken
    )
    {
        var sent = 0L;
        try
        {
            var isOpen = true;
            for (; isOpen && Ending == Ending.None && goesOn(sent); sent += block.Length)
            {
                await blocks.WriteAsync(block, cancellationToken);
                isOpen = await (sent == 0 ? TrySendLongAsync(block) : TrySendAsync(block));
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
        using var wait = _watch.WaitToReceive(_local.Port);
        for (var look = 0; _server.Host.CanObserve && !sending.IsCompleted; look++)
        {
            if (IsHeldUp || unread.Count >= MostUnread)
            {
                // One that has no processor now seems to be held up, or has not yet come to what was sent.
                await _server.SettleAsync(Settling.Briefly, _watch.Token);
                if (IsHeldUp || unread.Count >= MostUnread)
                {
                    return;
                }
            }

            await Pause.AfterLookAsync(look, _watch.Token);
        }
    }

    // All that was sent has come, and the server has no room for the rest: it waits for us to read.
    private bool IsHeldUp => _server.Host.FindSide(_local, _remote) is { SendQueue: > 0, AwaitsAcknowledgement: false };

    private async Task ExchangeAsync(ReadOnlyMemory<byte> request, Func<Task> expect)
    {
        var sending = TrySendLongAsync(request);
        _sending.Add(sending);
        await expect();
        await sending;
    }

    private async Task ExpectAsync(ReadOnlyMemory<byte> expected, int most, Func<Task> beforeEach)
    {
        HeardBefore = (int)(_received - _ahead.Length);
        _reply = expected;
        var matched = 0;
        while (matched < expected.Length)
        {
            int count;
            try
            {
                using var wait = _watch.WaitToReceive(_local.Port);
                await beforeEach();
                count = await ReceiveUnjudgedAsync(
                    _buffer.AsMemory(0, Math.Min(most, expected.Length - matched)),
                    _watch.Token
                );
            }
            catch (OperationCanceledException) when (_watch.Finding is not null)
            {
                throw Fail(Difference.Describe(expected, matched, [], Ending.None));
            }

            var received = _buffer.AsMemory(0, count);
            var common = received.Span.CommonPrefixLength(expected.Span[matched..]);
            matched += common;
            if (count == 0 || common < count)
            {
                var more = count == 0 ? [] : await DrainAsync(Difference.Context);
                byte[] wrong = [.. received[common..].ToArray().Concat(more).Take(Difference.Context)];
                throw Fail(Difference.Describe(expected, matched, wrong, Ending));
            }
        }
    }

    // Reads until so many bytes came, the connection ended, or the server sleeps; never for a stall time.
    private async Task<byte[]> DrainAsync(int count)
    {
        var drained = new byte[count];
        var total = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_watch.Token);
        var watching = CancelWhenQuietAsync(enough, isPatient: false);
        try
        {
            while (total < count && HasMore)
            {
                total += await ReceiveUnjudgedAsync(drained.AsMemory(total), enough.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing more comes.
        }

        await enough.CancelAsync();
        await watching;
        return drained[..total];
    }

    private async Task CancelWhenQuietAsync(CancellationTokenSource enough, bool isPatient)
    {
        try
        {
            // Most servers have closed before a first look at them would be over.
            await Task.Delay(1, enough.Token);
            var start = _watch.Now;
            do
            {
                // What is on its way wakes the server, or is part of the reply.
                for (var look = 0; IsDelivering(start); look++)
                {
                    await Pause.AfterLookAsync(look, enough.Token);
                }
            } while (await IsAtWorkAsync(start, isPatient, enough.Token) || IsDelivering(start));

            if (_server.Host.CanObserve && !IsOpenAtServer)
            {
                // It has closed meanwhile, and that is on its way to us.
                await Task.Delay(LongestRest, enough.Token);
            }

            await enough.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The connection ended first.
        }
    }

    // What it says next may be part of the reply; but waiting in vain for a server to rest is done once.
    private async Task<bool> IsAtWorkAsync(FairTime start, bool isPatient, CancellationToken cancellationToken)
    {
        if (await _server.SettleAsync(isPatient ? LongRest : DrainTime, cancellationToken) != Settled.Busy)
        {
            return false;
        }

        var isLonger = IsLongerThanRest(start);
        _server.IsRestless |= isLonger;
        return !isLonger && (isPatient || !_server.IsRestless);
    }

    private bool IsUntaken =>
        _server.Host.FindSide(_remote, _local) is { } theirs
        && (theirs.ReceiveQueue > 0 || _server.Host.FindSide(_local, _remote)?.IsDeliveringTo(theirs) == true);

    private bool IsDelivering(FairTime start) => !IsLongerThanRest(start) && _server.Host.IsDelivering(_local, _remote);

    private bool IsLongerThanRest(FairTime start) => _watch.Now.Fair - start.Fair >= LongestRest;

    private bool IsOpenAtServer =>
        _server.Host.FindSide(_remote, _local) is { State: SocketState.Established or SocketState.CloseWait };

    // Null when the server rests before anything comes.
    private async Task<int?> ReceiveUntilQuietAsync(Memory<byte> buffer, bool isPatient)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(_watch.Token);
        var watching = CancelWhenQuietAsync(quiet, isPatient);
        try
        {
            return await ReceiveAsync(buffer, quiet.Token);
        }
        catch (OperationCanceledException) when (!_watch.Token.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await quiet.CancelAsync();
            await watching;
        }
    }

    private async Task<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var wait = _watch.WaitToReceive(_local.Port);
        return await ReceiveUnjudgedAsync(buffer, cancellationToken);
    }

    // 0 means that the connection ended, and Ending how. A server that need not answer is not judged for its silence.
    private async Task<int> ReceiveUnjudgedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_ahead.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _ahead.Length);
            _ahead[..count].CopyTo(buffer);
            _ahead = _ahead[count..];
            _transcript.Received(_label, buffer.Span[..count]);
            return count;
        }

        if (Ending != Ending.None)
        {
            return 0;
        }

        try
        {
            var count = await ReceiveOrTakeAsync(buffer, cancellationToken);
            if (count == 0)
            {
                Ending = Ending.EndOfFile;
                _transcript.Note(_label, Deed.Ends, "< end of file");
                return 0;
            }

            _received += count;
            _watch.Moved();
            _transcript.Received(_label, buffer.Span[..count]);
            return count;
        }
        catch (SocketException)
        {
            Ending = Ending.Reset;
            _transcript.Note(_label, Deed.Ends, "< reset");
            return 0;
        }
    }

    private async Task<int> ReceiveOrTakeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        }
        catch (OperationCanceledException) when (!_watch.Token.IsCancellationRequested && HasArrived)
        {
            // Nothing more was to be expected, and yet this was there before: a busy grader comes to it late.
            return _socket.Receive(buffer.Span);
        }
    }

    // Bytes, or the end of the connection.
    private bool HasArrived => _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
}
