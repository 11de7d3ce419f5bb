using System.IO.Pipes;
using System.Text;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

internal sealed class OutputTests
{
    private readonly Log _log = new(bound: 1_000_000);
    private readonly Output _output;

    public OutputTests() => _output = new Output(_log, text => text.Replace("/tmp/run/", "", StringComparison.Ordinal));

    [Test]
    public async Task The_last_lines_are_kept_and_all_go_to_the_log()
    {
        await WriteAsync(_output.Stderr, string.Concat(Enumerable.Range(1, 40).Select(number => $"line {number}\n")));

        Assert.That(_output.Last(), Is.EqualTo(Enumerable.Range(9, 32).Select(number => $"line {number}")));
        Assert.That(_log.Read(), Does.StartWith("err | line 1\n").And.EndsWith("err | line 40\n"));
        Assert.That(await _output.MarkStderrAsync(Deadline.Token()), Is.EqualTo(40));
    }

    [Test]
    public async Task Stdout_speaks_only_when_stderr_is_silent()
    {
        await WriteAsync(_output.Stdout, "listening\n");
        Assert.That(_output.Last(), Is.EqualTo(["listening"]));

        await WriteAsync(_output.Stderr, "oh no\n");
        Assert.That(_output.Last(), Is.EqualTo(["oh no"]));
        Assert.That(_log.Read(), Is.EqualTo("out | listening\nerr | oh no\n"));
    }

    [Test]
    public async Task A_line_that_has_not_ended_yet_is_seen()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        var reading = _output.Stderr.CopyFromAsync(reader, Deadline.Token());

        await writer.WriteAsync("first\nPort: "u8.ToArray());
        await Deadline.UntilAsync(() => _output.Last().Count == 2, "the unfinished line is seen");

        Assert.That(_output.Last(), Is.EqualTo(["first", "Port: "]));
        await writer.DisposeAsync();
        await reading;
        Assert.That(_output.Last(), Is.EqualTo(["first", "Port: "]), "it stays when the stream ends");
    }

    [Test]
    public async Task Only_what_came_after_a_mark_is_told()
    {
        await WriteAsync(_output.Stderr, "old\n");
        var mark = await _output.MarkStderrAsync(Deadline.Token());
        await WriteAsync(_output.Stderr, "new\nnewer\n");

        var lines = await _output.SettledStderrAsync(mark, Deadline.Token());

        Assert.That(lines, Is.EqualTo(["new", "newer"]));
    }

    [Test]
    public async Task Control_characters_are_escaped_and_paths_are_cut()
    {
        await WriteAsync(_output.Stderr, "\u001b[31mred\u001b[0m in /tmp/run/echo_server.py\r\n\u202eevil\n");

        Assert.That(_output.Last(), Is.EqualTo(["\\u{1b}[31mred\\u{1b}[0m in echo_server.py", "\\u{202e}evil"]));
        Assert.That(_log.Read(), Has.None.Matches<char>(character => character is '\u001b' or '\u202e' or '\r'));
    }

    [Test]
    public async Task A_character_that_arrives_in_two_pieces_is_whole()
    {
        var bytes = Encoding.UTF8.GetBytes("größe\n");

        await _output.Stderr.CopyFromAsync(new Sips(bytes), Deadline.Token());

        Assert.That(_output.Last(), Is.EqualTo(["größe"]));
    }

    [Test]
    public async Task A_very_long_line_is_cut_into_pieces_and_nothing_is_lost()
    {
        var line = string.Concat(Enumerable.Range(0, 500).Select(number => $"{number:0000} "));

        await WriteAsync(_output.Stderr, line + "\n");

        Assert.That(string.Concat(_output.Last()), Is.EqualTo(line));
        Assert.That(_output.Last(), Has.All.Length.LessThanOrEqualTo(1000));
    }

    [Test]
    public async Task Endless_output_stays_within_bounds()
    {
        var log = new Log(bound: 1000);
        var output = new Output(log, text => text);

        await WriteAsync(output.Stdout, string.Concat(Enumerable.Repeat("all work and no play\n", 50_000)));

        Assert.That(log.Read(), Has.Length.LessThan(1100));
        Assert.That(output.Last(), Has.Count.EqualTo(Output.Lines));
    }

    private static Task WriteAsync(PipeTarget target, string text) =>
        target.CopyFromAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Deadline.Token());

    /// <summary>Gives one byte at a time.</summary>
    private sealed class Sips(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
