using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Grader.Hosting;

/// <summary>The few system calls that .NET has no name for.</summary>
internal static unsafe partial class Native
{
    public const int SignalInterrupt = 2;
    public const int SignalKill = 9;

    /// <summary>The protocol of netlink that tells of sockets (sock_diag(7)).</summary>
    public const int NetlinkSocketDiagnosis = 4;

    private const int CloseOnExec = 0x80000;
    private const int CloneNewNetwork = 0x40000000;
    private const int FamilyUnix = 1;
    private const int FamilyNetlink = 16;
    private const int Datagram = 2;
    private const int Raw = 3;
    private const int NetlinkRoute = 0;
    private const ulong GetInterfaceFlags = 0x8913;
    private const ulong SetInterfaceFlags = 0x8914;
    private const short InterfaceUp = 0x1;

    /// <summary>Gives the calling thread, and what it starts from now on, an empty network of its own.</summary>
    /// <exception cref="Win32Exception">The kernel forbids it.</exception>
    public static void UnshareNetwork() => Check(unshare(CloneNewNetwork), "unshare");

    /// <summary>Brings up the loopback interface of the calling thread's network.</summary>
    public static void BringUpLoopback()
    {
        var socket = Check(NewSocket(FamilyUnix, Datagram, 0), "socket");
        try
        {
            // struct ifreq: 16 bytes of name, then a union that begins with the flags.
            Span<byte> request = stackalloc byte[40];
            "lo"u8.CopyTo(request);
            fixed (byte* pointer = request)
            {
                Check(ioctl(socket, GetInterfaceFlags, pointer), "ioctl");
                var flags = MemoryMarshal.Read<short>(request[16..]);
                MemoryMarshal.Write(request[16..], (short)(flags | InterfaceUp));
                Check(ioctl(socket, SetInterfaceFlags, pointer), "ioctl");
            }
        }
        finally
        {
            _ = close(socket);
        }
    }

    /// <summary>Makes every IPv4 address local: <c>ip route add local default dev lo</c>, by netlink (RFC 3549 3.1.1).</summary>
    public static void MakeEveryAddressLocal()
    {
        ReadOnlySpan<byte> message =
        [
            // nlmsghdr: length 36, type RTM_NEWROUTE (24), flags REQUEST | ACK | CREATE, sequence 1, port 0
            36,
            0,
            0,
            0,
            24,
            0,
            0x05,
            0x04,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            // rtmsg: AF_INET, lengths 0, TOS 0, table local (255), protocol boot (3), scope host (254), type local (2)
            2,
            0,
            0,
            0,
            255,
            3,
            254,
            2,
            0,
            0,
            0,
            0,
            // attribute RTA_OIF (4), 8 bytes: interface 1, which is lo in a fresh network
            8,
            0,
            4,
            0,
            1,
            0,
            0,
            0,
        ];
        using var socket = new Socket(OpenNetlink(NetlinkRoute));
        Span<byte> answer = stackalloc byte[256];
        socket.Send(message);
        socket.Receive(answer);
        // The answer is nlmsghdr (16 bytes), then the negative error number, 0 for success.
        var error = -MemoryMarshal.Read<int>(answer[16..]);
        if (error != 0)
        {
            throw new Win32Exception(error, "The kernel refused the route to every address");
        }
    }

    /// <summary>A socket on which the kernel tells of the calling thread's network, and changes it (netlink(7)).</summary>
    /// <exception cref="Win32Exception">The kernel forbids it, or does not know the protocol.</exception>
    public static SafeSocketHandle OpenNetlink(int protocol) =>
        new(Check(NewSocket(FamilyNetlink, Raw | CloseOnExec, protocol), "socket"), ownsHandle: true);

    /// <summary>The beginning of a file of /proc, without the lock and the buffers that .NET puts around every file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="buffer">Takes what is read.</param>
    /// <returns>Nothing where the file cannot be read: its process has ended or is another user's.</returns>
    /// <exception cref="IOException">Too many files are open.</exception>
    public static ReadOnlySpan<byte> ReadFile(string path, Span<byte> buffer)
    {
        var file = open(path, CloseOnExec);
        if (file < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            var exception = new IOException($"{path}: error {error}", error);
            return Exhaustion.IsOfFiles(exception) ? throw exception : [];
        }

        try
        {
            fixed (byte* pointer = buffer)
            {
                return buffer[..Math.Max(0, (int)read(file, pointer, (nuint)buffer.Length))];
            }
        }
        finally
        {
            _ = close(file);
        }
    }

    /// <summary>Where a link of /proc leads, with no more ado than <see cref="ReadFile"/>.</summary>
    /// <param name="path">The link.</param>
    /// <param name="buffer">Takes what is read.</param>
    /// <returns>Nothing where the link cannot be read.</returns>
    public static ReadOnlySpan<byte> ReadLink(string path, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            return buffer[..Math.Max(0, (int)readlink(path, pointer, (nuint)buffer.Length))];
        }
    }

    /// <summary>Sends a signal; a negative id means the process group. False when there is no such process.</summary>
    public static bool Signal(int processId, int signal) => kill(processId, signal) == 0;

    /// <summary>The group of a process; negative when there is no such process.</summary>
    public static int GroupOf(int processId) => getpgid(processId);

    /// <summary>Gives a file, or a link itself, to a user and to the group of the same number.</summary>
    /// <exception cref="Win32Exception">We may not, or it is gone.</exception>
    public static void ChangeOwner(string path, int user) => Check(lchown(path, (uint)user, (uint)user), "chown");

    /// <summary>Whether programs may be started as another user: as root of the machine, not of a user namespace.</summary>
    public static bool MayBecomeOthers()
    {
        const string Map = "/proc/self/uid_map";
        // first id inside, first id outside, how many: user_namespaces(7).
        return Environment.IsPrivilegedProcess
            && File.ReadLines(Map)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Any(range => range is [_, _, var count] && long.Parse(count, CultureInfo.InvariantCulture) > 1);
    }

    /// <summary>How many files a file system holds; 0 where it cannot be asked.</summary>
    public static long CountFiles(string path)
    {
        // struct statvfs: block size, fragment size, then numbers of blocks, free and available ones, files, free files.
        Span<ulong> answer = stackalloc ulong[32];
        fixed (ulong* pointer = answer)
        {
            return statvfs(path, pointer) == 0 ? (long)(answer[5] - answer[6]) : 0;
        }
    }

    /// <summary>Kills all processes in the group of <paramref name="processId"/>, unless it is our own group.</summary>
    public static void KillGroupOf(int processId)
    {
        var group = getpgid(processId);
        if (group > 1 && group != getpgid(0))
        {
            _ = kill(-group, SignalKill);
        }
    }

    /// <summary>Blocks the calling thread, with a better resolution than the runtime's timers have.</summary>
    public static void Sleep(TimeSpan duration)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep(duration);
            return;
        }

        _ = usleep((uint)duration.TotalMicroseconds);
    }

    /// <summary>Puts another program in the place of this process, which keeps its id; returns only on failure.</summary>
    public static void Replace(string program, IReadOnlyList<string> arguments)
    {
        var vector = new nint[arguments.Count + 2];
        vector[0] = Marshal.StringToCoTaskMemUTF8(program);
        for (var i = 0; i < arguments.Count; i++)
        {
            vector[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }

        fixed (nint* pointer = vector)
        {
            _ = execvp(program, pointer);
        }
    }

    private static int Check(int result, string call) =>
        result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call} failed") : result;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int NewSocket(int family, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, ulong request, byte* argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint readlink(string path, byte* buffer, nuint length);

    [LibraryImport("libc")]
    private static partial nint read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int processId, int signal);

    [LibraryImport("libc")]
    private static partial int getpgid(int processId);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statvfs(string path, ulong* answer);

    [LibraryImport("libc")]
    private static partial int usleep(uint microseconds);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execvp(string program, nint* arguments);
}
