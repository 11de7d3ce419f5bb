using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>What can be had where no namespaces can: a user without any right, and bounds (setpriv(1), prlimit(1)).</summary>
/// <param name="dropsUser">Whether the grader may start programs as somebody else.</param>
internal sealed class Restraint(bool dropsUser) : Sandbox
{
    public override string Name => dropsUser ? "an unprivileged user and bounds alone" : "bounds alone";

    internal override bool HasOwnView => false;

    internal override int? ChooseUser() => dropsUser ? ChooseAnother() : null;

    internal override IReadOnlyList<string> Wrap(Workspace workspace, Stint stint, IReadOnlyList<string> command) =>
        workspace.User is { } user
            ? [.. Become(user), .. Bound(ownUser: true), .. command]
            : ["setpriv", "--no-new-privs", "--", .. Bound(ownUser: false), .. command];
}
