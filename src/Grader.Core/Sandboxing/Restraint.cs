using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>What can be had where no namespaces can: a user without any right, and bounds (setpriv(1), prlimit(1)).</summary>
/// <param name="dropsUser">Whether the grader may start programs as somebody else.</param>
internal sealed class Restraint(bool dropsUser) : Sandbox
{
    // What systemd gives to services whose user is made for them (systemd.exec(5), DynamicUser).
    private const int FirstUser = 61184;
    private const int LastUser = 65519;

    // Where another grader of this machine hardly began.
    private static uint _last = (uint)Random.Shared.Next();

    public override string Name => dropsUser ? "an unprivileged user and bounds alone" : "bounds alone";

    internal override bool HasOwnView => false;

    // Another one for each submission: what has the same user may end each other, and read each other's folders.
    internal override int? ChooseUser() =>
        dropsUser ? FirstUser + (int)(Interlocked.Increment(ref _last) % (LastUser + 1 - FirstUser)) : null;

    internal override IReadOnlyList<string> Wrap(Workspace workspace, Stint stint, IReadOnlyList<string> command) =>
        workspace.User is { } user
            ? [.. Become(user), .. Bound(ownUser: true), .. command]
            : ["setpriv", "--no-new-privs", "--", .. Bound(ownUser: false), .. command];
}
