using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Grader.Clients;

namespace Grader.Checks;

/// <summary>What became of one run of a client.</summary>
public sealed partial record ClientRun(Errand Errand)
{
    private const int Kept = 65_536;

    private static readonly string[] NoValues = ["0", "null", "None", "nil", "undefined", "NaN"];

    /// <summary>Whether it made a connection.</summary>
    public bool HasConnected { get; init; }

    /// <summary>All that it sent.</summary>
    public byte[] Request { get; init; } = [];

    /// <summary>What the submission's own server said; null where it was ours.</summary>
    public byte[]? Said { get; init; }

    /// <summary>Whether its end of every connection is closed.</summary>
    public bool HasClosed { get; init; }

    /// <summary>What it printed on standard output.</summary>
    public byte[] Output { get; init; } = [];

    /// <summary>The last lines that it wrote to standard error.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Its exit code; null where it did not end by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether another program than the grader killed it.</summary>
    public bool WasKilled { get; init; }

    /// <summary>Why it was not waited for any longer; null where it ended.</summary>
    public Finding? Finding { get; init; }

    /// <summary>What it did in the end: "exited with code 0".</summary>
    public string State { get; init; } = "";

    /// <summary>Whether the grader ended it for having too much.</summary>
    public bool HadTooMuch { get; init; }

    /// <summary>Where it tried to connect to, as far as that can be seen.</summary>
    public IReadOnlyList<IPEndPoint> Attempts { get; init; } = [];

    /// <summary>Whether our server could not send on, since it read nothing.</summary>
    public bool HeldServerUp { get; init; }

    /// <summary>Whether it closed the connection before a server had replied.</summary>
    public bool LeftEarly { get; init; }

    /// <summary>Whether it said nothing at all, on standard output or standard error.</summary>
    public bool IsSilent => Trim(Output).IsEmpty && Errors.Count == 0;

    /// <summary>Whether the reply was printed, which somebody must have given.</summary>
    public bool IsTold => Errand.IsTold(Output) && (Said is null || Errand.IsAnswered(Said));

    /// <summary>Whether the reply stands on standard error, as what a library for logs writes does.</summary>
    public bool IsToldOnStandardError => Errand.IsTold(Encoding.UTF8.GetBytes(string.Join('\n', Errors)));

    public bool IsHalfTold => Errand.IsHalfTold(Output);

    public bool PrintsBeginning => Errand.IsBegun(Output);

    /// <summary>Whether it ended with an error, or said something of one.</summary>
    /// <param name="usual">What it printed in a run in which all went well.</param>
    public bool TellsOfTrouble(ClientRun usual) =>
        (ExitCode is not (null or 0) && ExitCode != usual.ExitCode)
        || Errors.Select(WithoutNumbers).Except(usual.Errors.Select(WithoutNumbers)).Any()
        // An empty reply in its usual words, or in fewer, is no word of trouble.
        || (
            Words(Output).Except(Words(usual.Output)).Except(Words(usual.Errand.WithoutReply(usual.Output))).Any()
            && !PrintsNoValue(usual)
        );

    /// <summary>"it exited with code 0, and said nothing".</summary>
    public string DescribeEnd() =>
        $"it {State}, and {(IsSilent ? "said nothing" : Output.Length > 0 ? $"printed {Heard.Quote(Output)}" : "said so")}";

    /// <exception cref="CheckFailedException">It made no connection, or sent nothing.</exception>
    public void ExpectBytes()
    {
        const string Expected = "a connection, and bytes on it";
        if (!HasConnected)
        {
            throw Fail(Expected, "no connection", Symptom.NeverConnects);
        }

        if (Request.Length == 0)
        {
            throw Fail(Expected, "a connection, and no byte on it", Symptom.WrongRequest);
        }
    }

    /// <exception cref="CheckFailedException">It sent something else than what it was given.</exception>
    public void ExpectRequest()
    {
        ExpectBytes();
        if (Errand.IsRight(Request))
        {
            return;
        }

        if (Errand.Length <= Difference.Exact)
        {
            throw Fail(Errand.Request, Heard.Quote(Request), Symptom.WrongRequest);
        }

        // How far a long one came before it broke off is chance.
        var actual = Request.Length < Errand.Length ? "a part of them" : "other bytes";
        var fail = Fail($"all of {Text.Count(Errand.Length, "byte")}", actual, Symptom.WrongRequest);
        throw new CheckFailedException(fail.Failure with { DependsOnTiming = true });
    }

    /// <exception cref="CheckFailedException">It did not print the reply.</exception>
    public void ExpectTold()
    {
        if (!IsTold)
        {
            throw Fail(
                Errand.Reply,
                (Output.Length == 0 ? "nothing was printed" : Heard.Quote(Output)) + DescribeTalk(),
                HasConnected ? Symptom.NotTold : Symptom.NeverConnects
            );
        }
    }

    /// <exception cref="CheckFailedException">It did not end by itself.</exception>
    public void ExpectEnd(string expected)
    {
        if (ExitCode is null)
        {
            throw Fail(expected, "it did not end", Symptom.NeverEnds);
        }
    }

    /// <exception cref="CheckFailedException">It did not end, or not with a message and a code other than 0.</exception>
    public void ExpectComplaint()
    {
        const string Expected = "a message, and an exit code other than 0";
        ExpectEnd(Expected);
        if (ExitCode == 0 || IsSilent)
        {
            throw Fail(Expected, DescribeEnd(), Symptom.WrongEnd);
        }
    }

    /// <summary>A failure, with all that was seen of the run.</summary>
    /// <param name="expected">What was asked for.</param>
    /// <param name="actual">What it did.</param>
    /// <param name="symptom">By which causes know it.</param>
    /// <param name="isByTime">Whether it is run again where it was waited for in vain.</param>
    public CheckFailedException Fail(string expected, string actual, Symptom symptom, bool isByTime = true) =>
        new(
            new Failure(expected, actual)
            {
                Symptom = symptom,
                Run = this with { Request = Cut(Request), Output = Cut(Output) },
                Client = Peer.Name,
                ClientState = State,
                IsByTime = isByTime && Finding is not null,
                IsByKill = WasKilled,
                IsByExcess = HadTooMuch,
                Output = Launching.Output.Excerpt(Errors),
            }
        );

    /// <summary>One of several that ran at the same time: which of them went wrong, and how, is chance.</summary>
    public static CheckFailedException FailOfSeveral(string expected, IReadOnlyList<ClientRun> failed) =>
        new(
            new Failure(expected, "another one, or none, from at least one of them")
            {
                Symptom = Symptom.NotTold,
                DependsOnTiming = true,
                IsByTime = failed.Any(run => run.Finding is not null),
                IsByKill = failed.Any(run => run.WasKilled),
                IsByExcess = failed.Any(run => run.HadTooMuch),
            }
        );

    // In the place of the reply what a language prints of nothing, or makes of it where a number should be.
    private bool PrintsNoValue(ClientRun usual)
    {
        var around = Words(usual.Errand.WithoutReply(usual.Output));
        var words = Words(Output).ToList();
        return words.FindIndex(word => NoValues.Contains(word)) is >= 0 and var at
            && words.Where((_, index) => index != at).SequenceEqual(around);
    }

    private string DescribeTalk() =>
        Said is null ? "" : $"; the client sent {Heard.Quote(Request)}, and {DescribeReply(Said)}";

    private string DescribeReply(byte[] said) =>
        said.Length > 0 ? $"the server {Heard.Quote(said)}"
        : LeftEarly ? "left before the reply"
        : "the server nothing";

    // Causes are found from the beginning; a failure is kept until the report is written.
    private static byte[] Cut(byte[] bytes) => bytes.Length <= Kept ? bytes : bytes[..Kept];

    private static string[] Words(byte[] output) =>
        WithoutNumbers(Encoding.Latin1.GetString(output)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Its port, the time and where its objects lie differ each time; that it got 0 bytes is a word of it.
    private static string WithoutNumbers(string text) =>
        Number().Replace(text, number => number.Value == "0" ? number.Value : "#");

    [GeneratedRegex("(?:0x|@)[0-9a-fA-F]+|[0-9]+(?:[.,:/-][0-9]+)*")]
    private static partial Regex Number();

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> output) => output.Trim(" \r\n\t"u8);
}
