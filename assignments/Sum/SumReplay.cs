using System.Text;
using Grader.Diagnosis;

namespace Grader.Assignments.Sum;

/// <summary>The sum protocol in Python.</summary>
internal static class SumReplay
{
    public static Replay Value { get; } =
        new()
        {
            Question = """
                def question(n): return b"%d 100\n" % n, b"%d" % (n + 100)
                """,
            Expect = """
                def expect(who, reply, may_refuse=False, end=False):
                    line, more, ending = b"", b"?", ""
                    while more and len(line) < 65536 and (end or not line.endswith(b"\n")):
                        more, ending = receive(who, 1)
                        line += more
                    sums = [decimal.Decimal(n.decode()) for n in re.findall(rb"(?<![\w.])-?\d+(?:\.\d+)?", line)]
                    near = reply and sums and abs(sums[-1] - decimal.Decimal(reply.decode())) * 10**9 <= (b"." in reply)
                    right = near and len(sums) in (1, 3) and b"\0" not in line or (may_refuse or end) and not sums
                    if ending == "silence" or end and not may_refuse and ending != "end of file" or not right:
                        fail(who, reply or "no number", (line, ending) if line and ending == "silence" else line or ending)
                """,
            Split = bytes =>
                [
                    .. Encoding
                        .Latin1.GetString(bytes.Span)
                        .Split('\n')
                        .Where(line => Numeral.FindIn(line).Count > 0)
                        .Select(line =>
                            (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(Numeral.FindIn(line)[^1].ToString())
                        ),
                ],
            HalfClosesFirst = true,
            IsExact = true,
        };
}
