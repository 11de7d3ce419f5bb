using Grader.Checks;

namespace Grader.Assignments.Echo;

/// <summary>A stream may be longer than any buffer.</summary>
internal static class SizeLesson
{
    public static readonly Check LargePayload = new()
    {
        Id = "large-payload",
        Name = "returns a mebibyte",
        Points = 10,
        OnTheWire = "Sends a mebibyte and seven bytes, and reads at the same time.",
        Teaches = "Data is longer than every buffer on the way: both sides must read while they write.",
        Hint = "Send back what has come before you receive more, and send all of it.",
        // Seven bytes more: an exact multiple of a buffer is another check's matter.
        Run = bench => bench.EchoAsync(bench.Text((1 << 20) + 7)),
    };

    public static readonly Check BoundedMemory = new()
    {
        Id = "bounded-memory",
        Name = "needs no more memory for a longer stream",
        Points = 2,
        Extra = true,
        LooksInside = true,
        OnTheWire =
            "Streams blocks through one connection for up to two seconds, and compares the server's memory "
            + "before and after.",
        Teaches = "A stream can be longer than memory; what was sent back need not be kept.",
        Hint = "Use one buffer again and again; collect nothing.",
        Run = bench => bench.StreamAsync(block: (64 << 10) + 7, most: 16 << 20),
    };

    public static readonly Lesson Value = new()
    {
        Title = "Size",
        RestartsQuietly = true,
        Checks = [LargePayload, BoundedMemory],
    };
}
