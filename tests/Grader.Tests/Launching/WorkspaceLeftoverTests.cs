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
        var leftover = Path.Combine(Path.GetTempPath(), $"grader-{Guid.NewGuid():N}");
        Directory.CreateDirectory(leftover);
        File.WriteAllText(Path.Combine(leftover, "lock"), "");

        using var workspace = Workspace.Create(sandbox: null);

        Assert.That(leftover, Does.Not.Exist);
    }
}
