using System.Net;
using System.Net.Sockets;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Clients;

/// <summary>The grader's end of a connection with a program: every wait on it is judged, every byte on it is in the transcript.</summary>
public abstract class Connection : IAsyncDisposable
{
    private protected const int Chunk = 65_536;

    // "As soon as the server has taken the FIN and sleeps": for this long without a break.
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(50);

    // Where nothing else tells the end of what is said, only programs that forget to go on are waited for so long.
    private protected static readonly TimeSpan LongRest = TimeSpan.FromMilliseconds(400);

    // A program that is busy for so long does not rest, but is not about to say more either.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);

    // For programs that never sleep.
    private static readonly TimeSpan TakenTime = TimeSpan.FromMilliseconds(50);

    // For what takes no time but on a machine that is overloaded.
    private const int MostLooks = 100;

    private readonly string _label;
    private readonly IPEndPoint _local;
    private readonly IPEndPoint _remote;
    private ReadOnlyMemory<byte> _ahead;
    private bool _isHalfClosed;
    private bool _wasReset;
    private long _received;

    private protected Connection(
        Socket socket,
        StudentProgram program,
        Watch watch,
        Transcript transcript,
        string label,
        bool isClient
    )
    {
        Socket = socket;
        Program = program;
        Watch = watch;
        Transcript = transcript;
        _label = label;
        _local = (IPEndPoint)socket.LocalEndPoint!;
        _remote = (IPEndPoint)socket.RemoteEndPoint!;
        ClientPort = isClient ? _local.Port : _remote.Port;
    }

    public Ending Ending { get; private set; }

    /// <summary>As the transcript calls it: "client A".</summary>
    public string Label => _label;

    /// <summary>Whether bytes came that nobody has read.</summary>
    public bool HasUnread => !HasLeft && (!_ahead.IsEmpty || Socket.Available > 0);

    /// <summary>Whether the grader has closed the connection, or thrown it away.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether any byte came.</summary>
    public bool HasReceived => _received > 0;

    private protected Socket Socket { get; }

    private protected StudentProgram Program { get; }

    private protected Watch Watch { get; }

    private protected Transcript Transcript { get; }

    private protected int ClientPort { get; }

    private protected byte[] Buffer { get; } = new byte[Chunk];

    /// <summary>The buffer, as far as so many bytes more are wanted.</summary>
    /// <remarks>Of one that sends for ever the same is kept each time, however its bytes come.</remarks>
    private protected Memory<byte> RoomFor(int bytes) => Buffer.AsMemory(0, Math.Min(Chunk, bytes));

    /// <summary>How many bytes came, and were read.</summary>
    private protected long Read => _received - _ahead.Length;

    // What came with an earlier reply outlives the connection.
    private protected bool HasMore => Ending == Ending.None || !_ahead.IsEmpty;

    /// <summary>Whether the program has not closed its side, nor thrown it away.</summary>
    private protected virtual bool IsOpenAtProgram =>
        TheirSide is { State: SocketState.Established or SocketState.CloseWait };

    /// <summary>Our side, as the kernel tells of it.</summary>
    private protected SocketRow? OurSide => Program.Host.FindSide(_local, _remote);

    private protected SocketRow? TheirSide => Program.Host.FindSide(_remote, _local);

    private bool IsUntaken =>
        TheirSide is { } theirs && (theirs.ReceiveQueue > 0 || OurSide?.IsDeliveringTo(theirs) == true);

    // Bytes, or the end of the connection.
    private bool HasArrived => Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Everything that comes until the program rests or the connection ends; at most so many bytes.</summary>
    /// <param name="most">In bytes.</param>
    /// <param name="isPatient">Whether a short rest is not enough as long as nothing has come: some think before they speak.</param>
    public async Task<byte[]> ListenAsync(int most, bool isPatient = false)
    {
        var heard = await DrainAsync(most);
        return isPatient && heard.Length == 0 && Ending == Ending.None && !Program.IsRestless
            ? await DrainAsync(most, isPatient: true)
            : heard;
    }

    /// <summary>The first of the bytes that came and that nobody has read; they stay unread.</summary>
    private protected byte[] PeekUnread()
    {
        if (!HasUnread)
        {
            return [];
        }

        var arrived = new byte[Math.Min(Socket.Available, Chunk)];
        var count = arrived.Length > 0 ? Socket.Receive(arrived, SocketFlags.Peek) : 0;
        return [.. _ahead.Span, .. arrived.AsSpan(0, count)];
    }

    /// <summary>Says that the grader will send no more (FIN).</summary>
    public void HalfClose()
    {
        if (_isHalfClosed)
        {
            return;
        }

        _isHalfClosed = true;
        Transcript.Note(_label, Deed.HalfCloses, "half-closes");
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The program has already thrown the connection away.
        }
    }

    /// <summary>Throws the connection away (RST).</summary>
    public async Task ResetAsync()
    {
        HasLeft = true;
        Transcript.Note(_label, Deed.Resets, "resets");
        Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Socket.Dispose();
        // As in CloseAsync.
        for (var look = 0; Program.Host.CanObserve && IsOpenAtProgram; look++)
        {
            await Pause.AfterLookAsync(look, Watch.Token);
        }
    }

    /// <summary>Closes the connection, and waits until a program that still runs can know of it.</summary>
    // The runtime closes a socket when whoever uses it has let go of it, and the kernel delivers FIN or RST after that: what
    // the program does about it begins only then.
    public async Task CloseAsync()
    {
        await DisposeAsync();
        for (
            var look = 0;
            look < MostLooks && Program.Host.CanObserve && TheirSide is { State: SocketState.Established };
            look++
        )
        {
            await Pause.AfterLookAsync(look, CancellationToken.None);
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        if (!HasLeft)
        {
            HasLeft = true;
            if (!_isHalfClosed)
            {
                // After a half-close this says nothing new to the program.
                Transcript.Note(_label, Deed.Closes, "closes");
            }

            Program.Host.Close(Socket);
        }

        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends in one write, as far as the kernel takes it.</summary>
    /// <returns>False when the connection is gone.</returns>
    /// <exception cref="OperationCanceledException">The program stopped reading.</exception>
    private protected async Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes, bool isStream = false)
    {
        using var wait = Watch.WaitToSend(ClientPort);
        try
        {
            for (var sent = 0; sent < bytes.Length; )
            {
                var part = bytes.Slice(sent, Math.Min(Chunk, bytes.Length - sent));
                Transcript.Sent(_label, part.Span, isStream);
                sent += await Socket.SendAsync(part, SocketFlags.None, Watch.Token);
                Watch.Moved();
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // What can still be read tells more than the failed write. The kernel tells of a RST once.
            _wasReset |= e is SocketException { SocketErrorCode: SocketError.ConnectionReset };
            return false;
        }
    }

    /// <summary>Waits until the program has read all that was sent.</summary>
    /// <exception cref="OperationCanceledException">It stopped reading.</exception>
    /// <param name="longest">Of the time in which it could have; null for as long as it may take.</param>
    private protected async Task WaitForTakenAsync(TimeSpan? longest = null)
    {
        using var wait = Watch.Wait();
        var start = Watch.Now;
        for (var look = 0; IsUntaken && !(Watch.Now.Fair - start.Fair >= longest); look++)
        {
            await Pause.AfterLookAsync(look, Watch.Token);
        }
    }

    /// <summary>Lets it sleep over what it has read, or gives it the time to come back.</summary>
    private protected Task<Settled> SettleTakenAsync() => Program.SettleAsync(Settling.Briefly, TakenTime, Watch.Token);

    /// <summary>What came, and is to be read again: it belongs to what comes next.</summary>
    private protected void PutBack(ReadOnlyMemory<byte> ahead)
    {
        _ahead = ahead;
        // How much of the next reply came along is chance: it is told when it is read.
        Transcript.TakeBack(_label, ahead.Length);
    }

    /// <summary>Reads until so many bytes came, the connection ended, or the program sleeps; never for a stall time.</summary>
    private protected async Task<byte[]> DrainAsync(int count, bool isPatient = false)
    {
        var drained = new byte[count];
        var total = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Watch.Token);
        var watching = CancelWhenQuietAsync(enough, isPatient, goesOn: false);
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

    /// <param name="buffer">Takes what comes.</param>
    /// <param name="isPatient">Whether a short rest is not enough.</param>
    /// <param name="goesOn">Whether a rest counts that it began before, since nothing was done that ends one.</param>
    /// <returns>How many bytes came; null when the program rests before anything comes.</returns>
    private protected async Task<int?> ReceiveUntilQuietAsync(Memory<byte> buffer, bool isPatient, bool goesOn = false)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(Watch.Token);
        var watching = CancelWhenQuietAsync(quiet, isPatient, goesOn);
        try
        {
            return await ReceiveAsync(buffer, quiet.Token);
        }
        catch (OperationCanceledException) when (!Watch.Token.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await quiet.CancelAsync();
            await watching;
        }
    }

    private protected async Task<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var wait = Watch.WaitToReceive(ClientPort);
        return await ReceiveUnjudgedAsync(buffer, cancellationToken);
    }

    /// <summary>A program that need not say anything is not judged for its silence.</summary>
    /// <returns>0 when the connection ended; <see cref="Ending"/> tells how.</returns>
    private protected async Task<int> ReceiveUnjudgedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_ahead.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _ahead.Length);
            _ahead[..count].CopyTo(buffer);
            _ahead = _ahead[count..];
            Transcript.Received(_label, buffer.Span[..count]);
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
                return End(_wasReset ? Ending.Reset : Ending.EndOfFile);
            }

            _received += count;
            Watch.Moved();
            Transcript.Received(_label, buffer.Span[..count]);
            return count;
        }
        catch (SocketException e)
        {
            // EPIPE: the program had closed before, and the RST is the answer to what was sent to it after that.
            return End(e.SocketErrorCode == SocketError.Shutdown ? Ending.EndOfFile : Ending.Reset);
        }
    }

    private int End(Ending ending)
    {
        Ending = ending;
        Transcript.Note(_label, Deed.Ends, ending == Ending.Reset ? "< reset" : "< end of file");
        return 0;
    }

    private async Task CancelWhenQuietAsync(CancellationTokenSource enough, bool isPatient, bool goesOn)
    {
        try
        {
            // Most programs have closed before a first look at them would be over; of one that rests on a single look tells.
            var pause = goesOn ? default : Program.PauseBeforeLook;
            await Task.Delay(pause > Settling.Briefly ? pause : Settling.Briefly, enough.Token);
            var start = Watch.Now;
            do
            {
                // What is on its way wakes the program, or is part of what it says.
                for (var look = 0; IsDelivering(start); look++)
                {
                    await Pause.AfterLookAsync(look, enough.Token);
                }
            } while (await IsAtWorkAsync(start, isPatient, goesOn, enough.Token) || IsDelivering(start));

            if (Program.Host.CanObserve && !IsOpenAtProgram)
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

    // What it says next may be part of the reply; but waiting in vain for a program to rest is done once.
    private async Task<bool> IsAtWorkAsync(
        FairTime start,
        bool isPatient,
        bool goesOn,
        CancellationToken cancellationToken
    )
    {
        var rest = isPatient ? LongRest : DrainTime;
        if (await Program.SettleAsync(rest, cancellationToken, goesOn) != Settled.Busy)
        {
            return false;
        }

        var isLonger = IsLongerThanRest(start);
        Program.IsRestless |= isLonger;
        return !isLonger && (isPatient || !Program.IsRestless);
    }

    private bool IsDelivering(FairTime start) => !IsLongerThanRest(start) && Program.Host.IsDelivering(_local, _remote);

    private bool IsLongerThanRest(FairTime start) => Watch.Now.Fair - start.Fair >= LongestRest;

    private async Task<int> ReceiveOrTakeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await Socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        }
        catch (OperationCanceledException) when (!Watch.Token.IsCancellationRequested && HasArrived)
        {
            // Nothing more was to be expected, and yet this was there before: a busy grader comes to it late.
            return Socket.Receive(buffer.Span);
        }
    }
}
