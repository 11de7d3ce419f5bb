using Grader.Diagnosis;

namespace Grader.Assignments.Echo;

/// <summary>The echo protocol in Python.</summary>
internal static class EchoReplay
{
    public static Replay Value { get; } =
        new()
        {
            Question = """
                def question(n): return (b"client %d says hello" % n,) * 2
                """,
            Expect = """
                def expect(who, reply, end=False):
                    data, ending = receive(who, len(reply) + 4096 * end)
                    right = len(os.path.commonprefix([data, reply]))
                    if data != reply or (end and ending != "end of file"):
                        fail(who, reply[right:] or "end of file", data[right:] or ending, right)
                """,
            Split = bytes => bytes.IsEmpty ? [] : [bytes],
        };
}
