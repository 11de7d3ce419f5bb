using System.Text.RegularExpressions;

namespace Grader.Reports;

/// <summary>A function that a reproduction script may need.</summary>
internal sealed record PythonFunction(string Name, string Text)
{
    public bool IsUsedIn(string source) => Regex.IsMatch(source, $@"\b{Name}\b");
}

/// <summary>Values and functions of Python 3.</summary>
internal static class Python
{
    // A message so long is made by a rule: which letters it has does not matter.
    private const int Literal = 200;

    /// <summary>Those that call others come first; an assignment's own go behind the first two.</summary>
    public static IReadOnlyList<PythonFunction> Functions { get; } =
    [
        new(
            "together",
            """
            def together(count):
                [connect(who) for who in range(count)]
                asking = [threading.Thread(target=send, args=(who, question(who)[0])) for who in range(count)]
                [thread.start() for thread in asking] + [thread.join() for thread in asking]
                [expect(who, question(who)[1]) for who in range(count)]
            """
        ),
        new(
            "stream",
            """
            def stream(count):
                connect("A")
                threading.Thread(target=send, args=("A", text(count)), daemon=True).start()
                time.sleep(0.5)  # a client that is slow to read
                expect("A", text(count))
            """
        ),
        new(
            "receive",
            """
            def receive(who, count, data=b""):
                try:
                    while len(data) < count and (part := clients[who].recv(min(4096, count - len(data)))):
                        data += part
                    return data, "end of file"
                except OSError as error:
                    return data, "silence" if isinstance(error, TimeoutError) else f"{error}"
            """
        ),
        new(
            "send",
            """
            def send(who, *pieces):
                for piece in pieces:
                    with contextlib.suppress(OSError): clients[who].sendall(piece)
                    time.sleep(0.05)
            """
        ),
        new(
            "half_close",
            """
            def half_close(who):
                with contextlib.suppress(OSError): clients[who].shutdown(socket.SHUT_WR)
            """
        ),
        new(
            "reset",
            """
            def reset(who):
                clients[who].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                clients[who].close()
            """
        ),
        new(
            "connect",
            """
            def connect(who):
                try:
                    clients[who] = socket.create_connection((HOST, PORT), 3)
                except OSError as error:
                    fail(who, "a connection", error)
            """
        ),
        new(
            "text",
            """
            def text(count):
                return (bytes(33 + i * i % 89 for i in range(4093)) * (count // 4093 + 1))[:count]
            """
        ),
        new(
            "fail",
            """
            def fail(who, wanted, got, n=0): sys.exit(f"client {who}: {n} right bytes, then expected {wanted!r:.200}, got {got!r:.200}")
            """
        ),
    ];

    /// <summary>Bytes as a literal, or as a call that makes as many.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isExact">Whether these bytes are meant, and not any as many.</param>
    public static string Quote(ReadOnlySpan<byte> bytes, bool isExact)
    {
        if (!isExact && bytes.Length > Literal && !bytes.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return $"text({bytes.Length})";
        }

        return $"b\"{Grader.Text.Escape(bytes, zero: "\\x00")}\"";
    }
}
