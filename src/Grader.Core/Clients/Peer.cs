using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Clients;

/// <summary>A reference server's connection with a submission's client: what the client does to it is an observation.</summary>
public sealed class Peer : Connection
{
    /// <summary>As the transcript calls it.</summary>
    public const string Name = "server";

    // What a client says has an end; one that sends for ever shall not fill our memory.
    private const int LongestRequest = 2 << 20;

    private readonly Errand _errand;
    private readonly ArrayBufferWriter<byte> _request = new();
    private readonly ArrayBufferWriter<byte> _said = new();

    internal Peer(Socket socket, ClientProgram program, Watch watch, Transcript transcript, Errand errand)
        : base(socket, program, watch, transcript, Name, isClient: false)
    {
        _errand = errand;
    }

    /// <summary>All that the client has sent.</summary>
    public ReadOnlySpan<byte> Request => _request.WrittenSpan;

    /// <summary>What the client's own server said, and was passed on.</summary>
    public ReadOnlySpan<byte> Said => _said.WrittenSpan;

    /// <summary>What is to be replied to what it has sent.</summary>
    public byte[] Reply => _errand.ReplyTo(Request);

    /// <summary>Whether our side waits with something to send, since the client does not read.</summary>
    public bool IsHeldUp => OurSide is { SendQueue: > 0 };

    /// <summary>Whether the client had closed the connection, and not its sending side alone, before anything was sent to it.</summary>
    public bool LeftEarly { get; private set; }

    /// <summary>Whether the client holds the connection, as far as can be told.</summary>
    internal bool IsHeldByClient => Program.Host.CanObserve ? IsOpenAtProgram : Ending == Ending.None;

    // Who has half-closed may still read; the kernel takes the file's number from what nobody holds any more.
    private protected override bool IsOpenAtProgram => TheirSide is { Inode: not 0 };

    // Who has half-closed may still hear something; nobody else does.
    private bool MayHear => Program.Host.CanObserve ? IsOpenAtProgram : !Program.HasExited;

    // Who only looks whether somebody listens asks for nothing.
    private bool HasLeftEarly => HasReceived && _said.WrittenCount == 0 && Program.Host.CanObserve && !IsOpenAtProgram;

    private bool IsFull => _request.WrittenCount >= LongestRequest;

    private Memory<byte> Room => RoomFor(LongestRequest - _request.WrittenCount);

    /// <summary>Hears the client until it has said what it has to say, and rests; or until it says nothing more.</summary>
    public async Task HearAsync()
    {
        while (HasMore && !IsFull)
        {
            var count = HasReceived
                // Half a request, with no reason to wait, is likely to become a whole one.
                ? await ReceiveUntilQuietAsync(Room, isPatient: !_errand.IsWhole(Request))
                : await ReceiveAsync(Room, Watch.Token);
            if (count is null)
            {
                return;
            }

            _request.Write(Buffer.AsSpan(0, count.Value));
        }
    }

    /// <summary>Hears the client, replies in one piece, says that nothing more comes, and waits for the client's end.</summary>
    public async Task AnswerAsync()
    {
        await HearAsync();
        await SendAsync(Reply);
        await FinishAsync();
    }

    /// <summary>Reads in sips, and may send each back before the next, as a server does that keeps nothing.</summary>
    /// <param name="length">How many bytes there are to come.</param>
    /// <param name="sip">In bytes.</param>
    /// <param name="isMirror">Whether each comes back at once.</param>
    public async Task HearInSipsAsync(int length, int sip, bool isMirror)
    {
        while (HasMore && _request.WrittenCount < length)
        {
            var count = await ReceiveAsync(Buffer.AsMemory(0, sip), Watch.Token);
            _request.Write(Buffer.AsSpan(0, count));
            // A copy: the buffer is read into again while the kernel has not taken it.
            if (count > 0 && isMirror && !await WriteAsync(Buffer.AsSpan(0, count).ToArray(), isStream: true))
            {
                return;
            }
        }
    }

    /// <summary>Sends in one write; that the client has gone is no matter.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        LeftEarly |= HasLeftEarly;
        return WriteAsync(bytes);
    }

    /// <summary>Sends in pieces, each in a write of its own, when the client has taken the one before.</summary>
    public async Task SendInPiecesAsync(ReadOnlyMemory<byte> bytes, params int[] ends)
    {
        var start = 0;
        foreach (var end in ends.Append(bytes.Length))
        {
            // How much of it a client that goes would still get is chance.
            if (!await WriteAsync(bytes[start..end]) || !await IsTakenAsync())
            {
                return;
            }

            start = end;
        }
    }

    /// <summary>Whether our side has let the client wait on purpose.</summary>
    internal bool IsWaiting { get; private set; }

    /// <summary>Waits; the client is not judged meanwhile.</summary>
    public Task WaitAsync(TimeSpan time) => WaitForAsync(Task.Delay(time, Watch.Token));

    /// <summary>Keeps the connection until the client has left it, also where it has said that it will send no more.</summary>
    public async Task HoldAsync()
    {
        using var wait = Watch.Wait();
        for (var look = 0; !Program.HasExited && MayHear; look++)
        {
            await Pause.AfterLookAsync(look, Watch.Token);
        }
    }

    /// <summary>Reads on until the client has closed its side, and closes ours.</summary>
    public async Task WaitForEndAsync()
    {
        while (HasMore && !IsFull)
        {
            var count = await ReceiveAsync(Room, Watch.Token);
            _request.Write(Buffer.AsSpan(0, count));
        }

        await DisposeAsync();
    }

    /// <summary>Likewise, after it has been told that nothing more will come.</summary>
    public Task FinishAsync()
    {
        HalfClose();
        return WaitForEndAsync();
    }

    /// <summary>Passes on what the client and its own server say to each other, until both have said all.</summary>
    /// <param name="server">The submission's own.</param>
    /// <param name="transcript">Where it is taken down.</param>
    /// <param name="meeting">Of clients that are to be served at the same time; null for one alone.</param>
    internal async Task RelayAsync(Server server, Transcript transcript, Meeting? meeting = null)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Watch.Token);
        using var other = await server.ReachAsync(endpoint => TryConnectAsync(server.Host, endpoint, end.Token));
        if (other is null)
        {
            transcript.Note(Name, Deed.IsRefused, "is not there any more");
            await HearAsync();
            await ResetAsync();
            return;
        }

        if (meeting is not null)
        {
            await WaitForAsync(meeting.AttendAsync(end.Token));
        }

        var back = PassBackAsync(other, transcript, end.Token);
        try
        {
            await PassOnAsync(other, transcript, end.Token);
            using var wait = Watch.Wait();
            while (!back.IsCompleted && MayHear)
            {
                await Task.WhenAny(back, Task.Delay(FairClock.Tick, end.Token));
                end.Token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            LeftEarly |= !back.IsCompleted && HasLeftEarly;
            await end.CancelAsync();
            await back;
        }
    }

    private static async Task<Socket?> TryConnectAsync(
        Host host,
        IPEndPoint endpoint,
        CancellationToken cancellationToken
    )
    {
        var socket = await host.CreateClientAsync(endpoint.AddressFamily, receiveBuffer: null);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return socket;
        }
        catch (SocketException e) when (!Server.IsOurs(e))
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task PassOnAsync(Socket other, Transcript transcript, CancellationToken cancellationToken)
    {
        // What the client says to a server that has thrown the connection away is heard all the same.
        for (var isTaken = true; HasMore && !IsFull; )
        {
            var count = await ReceiveAsync(Room, cancellationToken);
            if (count > 0)
            {
                _request.Write(Buffer.AsSpan(0, count));
                // How the network cuts what is said is no event of its own.
                transcript.Sent("client", Buffer.AsSpan(0, count), isStream: true);
            }

            isTaken = isTaken && await TryPassOnAsync(other, Buffer.AsMemory(0, count), cancellationToken);
        }
    }

    /// <param name="other">The connection with the server.</param>
    /// <param name="bytes">What the client has said; nothing, where it will say no more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private static async Task<bool> TryPassOnAsync(
        Socket other,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (bytes.IsEmpty)
            {
                other.Shutdown(SocketShutdown.Send);
            }

            for (var sent = 0; sent < bytes.Length; )
            {
                sent += await other.SendAsync(bytes[sent..], cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task PassBackAsync(Socket other, Transcript transcript, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await TryHearAsync(other, buffer, cancellationToken) is var count and > 0)
            {
                if (await HasNotWaitedAsync(cancellationToken))
                {
                    return;
                }

                transcript.Sent(Name, buffer.AsSpan(0, count), isStream: true);
                _said.Write(buffer.AsSpan(0, _said.WrittenCount < LongestRequest ? count : 0));
                Watch.Moved();
                if (!await WriteAsync(buffer.AsMemory(0, count)))
                {
                    return;
                }
            }

            await HasNotWaitedAsync(cancellationToken);
            HalfClose();
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or is not waited for any longer.
        }
    }

    // FIN or RST: what had come to a server when it hung up is chance.
    private static async Task<int> TryHearAsync(Socket other, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await other.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private async Task WaitForAsync(Task task)
    {
        IsWaiting = true;
        await task;
        IsWaiting = false;
        Watch.Moved();
    }

    // A client that leaves without waiting for a reply hears none, however fast its server is.
    private async Task<bool> HasNotWaitedAsync(CancellationToken cancellationToken)
    {
        if (_said.WrittenCount == 0 && Program.Host.CanObserve)
        {
            await Program.SettleAsync(Settling.Briefly, cancellationToken);
        }

        LeftEarly |= HasLeftEarly;
        return LeftEarly;
    }

    /// <summary>Takes what a client sent that is gone.</summary>
    internal async Task DrainAsync()
    {
        try
        {
            while (HasMore && !HasLeft && !IsFull && Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                var count = await ReceiveUnjudgedAsync(Room, CancellationToken.None);
                _request.Write(Buffer.AsSpan(0, count));
            }
        }
        catch (ObjectDisposedException)
        {
            // It was closed on our side.
        }
    }

    // Whoever takes the first pieces, and is gone, wants no more.
    private async Task<bool> IsTakenAsync()
    {
        // Who waits until so many bytes are there takes nothing before.
        await WaitForTakenAsync(LongRest);
        return await SettleTakenAsync() != Settled.Ended && (!Program.Host.CanObserve || IsOpenAtProgram);
    }
}
