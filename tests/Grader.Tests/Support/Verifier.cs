using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Grader.Tests.Support;

// The Verify.NUnit package does not restore yet. This file has its shape and its file names, and goes when it does.

/// <summary>Compares a text with the approved one that lies beside the test: <c>Type.Method.verified.txt</c>.</summary>
internal static class Verifier
{
    private const string AutoAccept = "Verify_AutoAccept";
    private const int Context = 3;

    // What a machine lacks is said on its console, and is no part of an approved text (ScrubLinesContaining).
    private static readonly string[] Scrubbed = ["Sandbox: ", "No sandbox: ", "A weak sandbox: "];

    public static async Task Verify(string text, [CallerFilePath] string sourceFile = "")
    {
        var name = Path.Combine(Path.GetDirectoryName(sourceFile)!, NameOf(TestContext.CurrentContext.Test));
        var verified = $"{name}.verified.txt";
        var received = $"{name}.received.txt";
        var lines = text.Split('\n')
            .Where(line => !Scrubbed.Any(start => line.StartsWith(start, StringComparison.Ordinal)));
        var actual = Normalize(string.Join('\n', lines));
        var expected = File.Exists(verified) ? Normalize(await File.ReadAllTextAsync(verified)) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        if (Environment.GetEnvironmentVariable(AutoAccept) == "1")
        {
            await File.WriteAllTextAsync(verified, actual);
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, actual);
        Assert.Fail(Explain(Path.GetFileName(name), expected, actual));
    }

    // Type.Method, and for a case of several Type.Method_parameter=value.
    private static string NameOf(TestContext.TestAdapter test)
    {
        var parameters = test.MethodInfo!.GetParameters().Select(parameter => parameter.Name);
        var arguments = parameters.Zip(test.Arguments, (parameter, value) => $"_{parameter}={value ?? "null"}");
        var name = $"{test.Type!.Name}.{test.MethodName}{string.Concat(arguments)}";
        return string.Concat(
            name.Select(character => Path.GetInvalidFileNameChars().Contains(character) ? '-' : character)
        );
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Explain(string name, string? expected, string actual)
    {
        var text = new StringBuilder();
        text.Append(
            expected is null
                ? $"{name}.verified.txt is not there yet. Received:\n\n"
                : $"The text differs from {name}.verified.txt (- approved, + received):\n\n"
        );
        AppendDifference(text, expected ?? "", actual);
        return text.Append($"\nIf what was received is right, move {name}.received.txt over {name}.verified.txt,\n")
            .Append($"or run the tests once more with {AutoAccept}=1 in the environment. Then read the change.\n")
            .ToString();
    }

    private static void AppendDifference(StringBuilder text, string expected, string actual)
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual, ignoreWhitespace: false).Lines;
        var changed = lines.Select(line => line.Type != ChangeType.Unchanged).ToList();
        if (!changed.Contains(true))
        {
            text.Append("  they differ in line ends alone\n");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            var first = Math.Max(0, i - Context);
            var isNear = changed.GetRange(first, Math.Min(lines.Count, i + Context + 1) - first).Contains(true);
            var mark = lines[i].Type switch
            {
                ChangeType.Inserted => '+',
                ChangeType.Deleted => '-',
                _ => ' ',
            };
            text.Append(isNear ? $"{mark} {lines[i].Text}\n" : "");
        }
    }
}
