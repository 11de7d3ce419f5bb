using System.Globalization;
using Grader.Launching;

namespace Grader.Tests.Launching;

internal sealed class WorkspaceLeftoverTests
{
    [Test]
    public void A_workspace_in_use_stays_when_another_is_made()
    {
        using var first = Workspace.Create(sandbox: null);

        using var second = Workspace.Create(sandbox: null);

        Assert.That(first.Home, Does.Exist);
        Assert.That(second.Home, Does.Exist);
    }

    [Test]
    public void Workspaces_that_are_made_at_the_same_time_stay()
    {
        var lost = 0;

        Parallel.For(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            _ =>
            {
                using var workspace = Workspace.Create(sandbox: null);
                Interlocked.Add(
                    ref lost,
                    Directory.Exists(workspace.Built) && Directory.Exists(workspace.Home) ? 0 : 1
                );
            }
        );

        Assert.That(lost, Is.Zero);
    }

    [Test]
    public void What_a_killed_grader_left_behind_is_removed()
    {
        var leftover = MakeFolder(Path.GetRandomFileName(), "built");
        File.WriteAllText(Path.Combine(leftover, "lock"), "");

        using var workspace = Workspace.Create(sandbox: null);

        Assert.That(leftover, Does.Not.Exist);
    }

    [TestCase("{0}", "echo")]
    [TestCase("of-anna-{0}", "built")]
    public void A_folder_of_somebody_else_stays_whatever_its_name(string name, string part)
    {
        var folder = MakeFolder(string.Format(CultureInfo.InvariantCulture, name, Path.GetRandomFileName()), part);
        try
        {
            using var workspace = Workspace.Create(sandbox: null);

            Assert.That(folder, Does.Exist);
            Assert.That(Directory.GetFileSystemEntries(folder), Has.Length.EqualTo(1), "nothing is added to it");
        }
        finally
        {
            // Empty, and under this name, it would be taken for a leftover by whoever else makes a workspace now.
            Directory.Move(folder, $"{folder}.done");
            Directory.Delete($"{folder}.done", recursive: true);
        }
    }

    private static string MakeFolder(string name, string part)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"grader-{name}");
        Directory.CreateDirectory(Path.Combine(folder, part));
        return folder;
    }
}
