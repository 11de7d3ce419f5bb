namespace Grader.Checks;

/// <summary>How a check goes with a right server, and with one that fails it: lines of transcripts that were seen.</summary>
/// <param name="Right">With the model answer.</param>
/// <param name="Wrong">With a wrong server; empty where no client got as far as that.</param>
/// <param name="Server">The name of the wrong server in the zoo of tests.</param>
/// <param name="Expected">What was expected of the wrong server.</param>
/// <param name="Actual">What it did.</param>
public sealed record Example(
    IReadOnlyList<string> Right,
    IReadOnlyList<string> Wrong,
    string Server,
    string Expected,
    string Actual
);
