using System.Text.Json;
using Grader.Checks;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task What_a_build_makes_is_there_at_the_start()
    {
        Submit("""[["python3", "-c", "open('echo_server.py', 'w').write('raise SystemExit(5)')"]]""");

        await using var launch = await Launch.PrepareAsync(_folder.Path);
        var failure = await launch.FailToStartAsync();

        Assert.That(failure.Actual, Is.EqualTo("it exited with code 5 before it waited for clients"));
    }

    [Test]
    public void A_failed_build_is_the_student_s_with_the_compiler_s_last_lines()
    {
        Submit("""[["python3", "-c", "import sys; sys.exit('echo_server.py:3: expected a semicolon')"]]""");

        var failure = Assert.ThrowsAsync<CheckFailedException>(() => Launch.PrepareAsync(_folder.Path))!.Failure;

        Assert.Multiple(() =>
        {
            Assert.That(failure.Expected, Is.EqualTo("a program that builds"));
            Assert.That(
                failure.Actual,
                Is.EqualTo(
                    "python3 exited with code 1: python3 -c import sys; sys.exit('echo_server.py:3: expected a semicolon')"
                )
            );
            Assert.That(failure.Output, Is.EqualTo(["echo_server.py:3: expected a semicolon"]));
            Assert.That(failure.Server, Is.Null);
        });
    }

    [Test]
    public void Errors_on_the_output_are_told_where_stderr_says_nothing_but_colours()
    {
        Submit("""[["python3", "-c", "import sys; print('\\x1b[31mwrong'); sys.exit('\\x1b[0m')"]]""");

        var failure = Assert.ThrowsAsync<CheckFailedException>(() => Launch.PrepareAsync(_folder.Path))!.Failure;

        Assert.That(failure.Output, Is.EqualTo(["wrong"]));
    }

    [Test]
    public void A_missing_tool_is_the_machine_s_fault()
    {
        Submit("""[["no-such-compiler", "echo_server.xyz"]]""");

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => Launch.PrepareAsync(_folder.Path))!;

        Assert.That(
            fault.Message,
            Is.EqualTo(
                "submission.json: no-such-compiler is not installed on this machine; install it, or correct its name"
            )
        );
    }

    [TestCase("error NU1101: Unable to find package Left.Pad.")]
    [TestCase("npm ERR! code ENOTFOUND")]
    [TestCase("java.net.UnknownHostException: repo.maven.apache.org")]
    [TestCase(
        "npm error request to is-odd failed: cache mode is 'only-if-cached' but no cached response is available."
    )]
    [TestCase("npm error notarget No matching version found for is-odd@4.")]
    [TestCase(
        "Cannot access central in offline mode and the artifact a:b:pom:1 has not been downloaded from it before"
    )]
    public void A_build_that_needs_the_network_is_the_machine_s_fault(string line)
    {
        var fault = FailWith(line);

        Assert.That(fault.Message, Is.EqualTo($"the build needs packages from the network: {line}"));
    }

    [TestCase("go.mod:3: invalid go version '1.24.2': must match format 1.23")]
    [TestCase("go: go.mod requires go >= 1.99 (running go 1.22.2; GOTOOLCHAIN=local)")]
    [TestCase("error: feature `edition2024` is required")]
    [TestCase("a.csproj : error NETSDK1045: The current .NET SDK does not support targeting .NET 99.0.")]
    [TestCase("make: clang: No such file or directory", 127)]
    [TestCase("sh: 1: clang++-19: not found", 127)]
    [TestCase(".../bash: line 1: cargo: command not found", 127)]
    public void A_build_that_needs_another_tool_is_the_machine_s_fault(string line, int code = 1)
    {
        var fault = FailWith(line, code);

        Assert.That(
            fault.Message,
            Is.EqualTo($"the build needs a tool that this machine has not, or a newer one: {line}")
        );
    }

    [TestCase("make: ./configure: No such file or directory")]
    [TestCase("echo_server.c:1:10: fatal error: wire.h: No such file or directory")]
    [TestCase("sh: 1: ./generate: not found")]
    [TestCase("make: git: No such file or directory", 2)]
    public void What_is_not_there_of_a_student_s_own_is_the_student_s_fault(string line, int code = 127)
    {
        Submit(Failing(line, code));

        Assert.ThrowsAsync<CheckFailedException>(() => Launch.PrepareAsync(_folder.Path));
    }

    [Test]
    public void A_build_that_does_not_end_names_the_limit()
    {
        Submit("""[["python3", "-c", "import time; time.sleep(600)"]]""");
        var limits = new Limits { Build = TimeSpan.FromSeconds(0.5) };

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => Launch.PrepareAsync(_folder.Path, limits))!;

        Assert.That(fault.Message, Does.StartWith("the build did not end within the limit of 0.5 s: python3 -c "));
    }

    private EnvironmentException FailWith(string line, int code = 1)
    {
        Submit(Failing(line, code));
        return Assert.ThrowsAsync<EnvironmentException>(() => Launch.PrepareAsync(_folder.Path))!;
    }

    private static string Failing(string line, int code) =>
        $$"""[["python3", "-c", "import sys; print({{JsonSerializer.Serialize(line).Replace("\"", "\\\"")}}); sys.exit({{code}})"]]""";

    private void Submit(string build) =>
        _folder.Write(
            "submission.json",
            $$"""{ "build": {{build}}, "server": ["python3", "echo_server.py", "{port}"] }"""
        );
}
