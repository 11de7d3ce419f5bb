namespace Grader.Sandboxing;

/// <summary>The files of /etc that say who and where one is, the same on every machine.</summary>
internal static class Identity
{
    public static IEnumerable<(string Name, string Content)> Files(string name, int user, string home) =>
        [
            ("passwd", $"{name}:x:{user}:{user}:{name}:{home}:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"),
            ("group", $"{name}:x:{user}:\nnogroup:x:65534:\n"),
            ("hostname", $"{name}\n"),
            ("hosts", $"127.0.0.1 localhost {name}\n::1 localhost ip6-localhost ip6-loopback\n"),
            ("host.conf", "multi on\n"),
            ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n"),
        ];
}
