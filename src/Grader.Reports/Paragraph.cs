using System.Text;

namespace Grader.Reports;

/// <summary>Sentences as lines of a bounded width.</summary>
internal static class Paragraph
{
    public static IEnumerable<string> Wrap(string sentence, int width)
    {
        var line = new StringBuilder();
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
