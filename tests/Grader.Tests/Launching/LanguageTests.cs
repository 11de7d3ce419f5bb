using Grader.Checks;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

/// <summary>Real compilers build small programs, which say a word and end.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LanguageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly Program[] Programs =
    [
        new(
            "gcc",
            ("echo_server.c", "void help(void); int main(void) { help(); return 0; }"),
            ("util.c", "#include <stdio.h>\nvoid help(void) { puts(\"helped\"); }"),
            ("client.c", "void help(void) { } int main(void) { help(); return 0; }")
        ),
        new(
            "g++",
            ("echo_server.cpp", "void help(); int main() { help(); }"),
            ("util.cpp", "#include <iostream>\nvoid help() { std::cout << \"helped\\n\"; }"),
            ("client.cpp", "void help() { } int main() { help(); }")
        ),
        new(
            "javac",
            ("echo_server.java", "class EchoServer { public static void main(String[] args) { Help.help(); } }"),
            ("Util.java", "class Help { static void help() { System.out.println(\"helped\"); } }"),
            ("Client.java", "class Help { public static void main(String[] args) { } }")
        ),
        new(
            "go",
            ("echo_server.go", "package main\n\nfunc main() { help() }\n"),
            ("util.go", "package main\n\nimport \"os\"\n\nfunc help() { os.Stdout.WriteString(\"helped\\n\") }\n"),
            ("client.go", "package main\n\nfunc help() {}\n\nfunc main() { help() }\n")
        ),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        Programs.Select(program => new TestCaseData(program).SetArgDisplayNames(program.Compiler));

    [TestCaseSource(nameof(Cases))]
    public async Task A_server_is_built_with_what_it_needs_and_without_the_client(Program program)
    {
        Machine.RequireProgram(program.Compiler);
        Write(program.Server, program.Helper, program.Client);

        Assert.That(await RunAsync(), Is.EqualTo(["helped"]));
    }

    [TestCaseSource(nameof(Cases))]
    public async Task A_file_that_nothing_needs_may_be_broken(Program program)
    {
        Machine.RequireProgram(program.Compiler);
        var alone = program
            .Helper.Text.Replace("static void help()", "public static void main(String[] args)")
            .Replace("void help", "int main")
            .Replace("func help", "func main");
        Write((program.Server.Name, alone));
        Write(("draft" + Path.GetExtension(program.Server.Name), "to be written"));

        Assert.That(await RunAsync(), Is.EqualTo(["helped"]));
    }

    [TestCaseSource(nameof(Cases))]
    public void A_mistake_in_a_helper_is_told(Program program)
    {
        Machine.RequireProgram(program.Compiler);
        Write(program.Server, (program.Helper.Name, program.Helper.Text + "\nmistake\n"));

        var failure = Assert.ThrowsAsync<CheckFailedException>(() => Launch.PrepareAsync(_folder.Path))!.Failure;

        Assert.That(string.Join('\n', failure.Output), Does.Contain(program.Helper.Name));
    }

    [TestCase(
        "client: client.c\n\tgcc -o client client.c\necho_server: echo_server.c\n\tgcc -o echo_server echo_server.c\n"
    )]
    [TestCase("all: echo_server.c\n\tmkdir -p bin\n\tgcc -o bin/echo_server echo_server.c\n")]
    public async Task A_makefile_may_make_the_other_program_first_or_this_one_elsewhere(string makefile)
    {
        Machine.RequireProgram("gcc");
        Machine.RequireProgram("make");
        Write(("Makefile", makefile), ("client.c", "int main(void) { return 1; }"));
        Write(("echo_server.c", "#include <stdio.h>\nint main(void) { puts(\"server\"); return 0; }"));

        Assert.That(await RunAsync(), Is.EqualTo(["server"]));
    }

    [Test]
    public async Task What_a_makefile_made_on_another_machine_is_made_anew()
    {
        Machine.RequireProgram("gcc");
        Machine.RequireProgram("make");
        Write(("Makefile", "echo_server: echo_server.c\n\tgcc -o echo_server echo_server.c\n"));
        Write(("echo_server.c", "#include <stdio.h>\nint main(void) { puts(\"server\"); return 0; }"));
        Write(("echo_server", "of another machine, and newer than its source"));

        Assert.That(await RunAsync(), Is.EqualTo(["server"]));
    }

    [Test]
    public async Task A_program_in_a_later_C_plus_plus_is_built_with_its_helper()
    {
        Machine.RequireProgram("g++");
        Write(("word.cpp", "#include <string>\nbool hi(const std::string& word) { return word.starts_with(\"hi\"); }"));
        Write(
            (
                "echo_server.cpp",
                "#include <cstdio>\n#include <string>\nbool hi(const std::string&);\n"
                    + "int main() { std::puts(hi(\"hi\") ? \"hi\" : \"\"); }"
            )
        );

        Assert.That(await RunAsync(), Is.EqualTo(["hi"]));
    }

    [Test]
    public async Task A_project_for_an_older_dotnet_is_built_for_the_one_that_is_here()
    {
        const string Project = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework></PropertyGroup>
            </Project>
            """;
        Write(("homework.csproj", Project), ("Program.cs", "System.Console.WriteLine(\"hi\");"));

        Assert.That(await RunAsync(), Is.EqualTo(["hi"]));
    }

    [Test]
    public async Task A_go_module_with_a_client_beside_the_server_builds_the_server()
    {
        Machine.RequireProgram("go");
        Write(("go.mod", "module homework\n\ngo 1.18\n"));
        Write(("echo_server.go", "package main\n\nimport \"homework/word\"\n\nfunc main() { println(word.Word) }\n"));
        Write(
            ("client.go", "package main\n\nfunc main() {}\n"),
            ("word/word.go", "package word\n\nvar Word = \"hi\"\n")
        );

        Assert.That(await RunAsync(), Is.EqualTo(["hi"]));
    }

    [Test]
    public async Task A_go_module_of_several_commands_starts_the_server_s()
    {
        Machine.RequireProgram("go");
        Write(("go.mod", "module homework\n\ngo 1.18\n"), ("words.go", "package homework\n\nvar Word = \"hi\"\n"));
        Write(("cmd/client/main.go", "package main\n\nfunc main() { println(\"client\") }\n"));
        Write(
            ("cmd/server/main.go", "package main\n\nimport \"homework\"\n\nfunc main() { println(homework.Word) }\n")
        );

        Assert.That(await RunAsync(), Is.EqualTo(["hi"]));
    }

    [TestCase("src/bin/server.rs", "src/bin/client.rs")]
    [TestCase("src/main.rs", "src/bin/a-client.rs")]
    [TestCase("src/bin/server/main.rs", "src/main.rs", Description = "the package is called client")]
    public async Task A_cargo_project_starts_the_server_and_not_the_client(string server, string client)
    {
        Machine.RequireProgram("cargo");
        var name = client == "src/main.rs" ? "the-client" : "homework";
        Write(("Cargo.toml", $"[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"));
        Write((server, "fn main() { println!(\"server\"); }"), (client, "fn main() { println!(\"client\"); }"));

        Assert.That(await RunAsync(), Is.EqualTo(["server"]));
    }

    [Test]
    public async Task A_cargo_project_s_own_toolchain_is_not_fetched()
    {
        Machine.RequireProgram("cargo");
        Write(("Cargo.toml", "[package]\nname = \"homework\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"));
        Write(("rust-toolchain.toml", "[toolchain]\nchannel = \"1.0.0\"\n"));
        Write(("src/main.rs", "fn main() { println!(\"server\"); }"));

        Assert.That(await RunAsync(), Is.EqualTo(["server"]));
    }

    [Test]
    public async Task A_single_rust_file_may_have_modules_and_a_hyphen()
    {
        Machine.RequireProgram("rustc");
        Write(("my-homework.rs", "mod word; fn main() { println!(\"{}\", word::WORD); }"));
        Write(("word/mod.rs", "pub const WORD: &str = \"hi\";"));

        Assert.That(await RunAsync(), Is.EqualTo(["hi"]));
    }

    [Test]
    public void A_rust_library_makes_no_program()
    {
        Machine.RequireProgram("cargo");
        Write(("Cargo.toml", "[package]\nname = \"homework\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"));
        Write(("src/lib.rs", "pub fn nothing() {}"));

        var failure = Assert.ThrowsAsync<CheckFailedException>(() => Launch.PrepareAsync(_folder.Path))!.Failure;

        Assert.That(failure.Actual, Is.EqualTo("the build ended without making a program to start"));
    }

    [TestCase("gcc", "echo_server.c", "int main(void) { return mistake; }")]
    [TestCase("javac", "EchoServer.java", "class EchoServer { int x = mistake; }")]
    [TestCase("go", "echo_server.go", "package main\n\nfunc main() { mistake() }\n")]
    [TestCase("rustc", "echo_server.rs", "fn main() { let x = 1; mistake(); }")]
    [TestCase("cargo", "src/main.rs", "fn main() { let x = 1; mistake(); }")]
    public void The_compiler_s_errors_are_told_in_the_same_words_each_time(string compiler, string file, string text)
    {
        Machine.RequireProgram(compiler);
        Write((file, text));
        if (compiler == "cargo")
        {
            Write(("Cargo.toml", "[package]\nname = \"homework\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"));
        }

        string[] told = [BuildBadly(), BuildBadly()];

        Assert.That(told[0], Does.Contain(file).And.Contains("mistake"));
        Assert.That(told[0], Does.Not.Match(@"(^|[\s""'(])/\w|\.\.\./"), "it holds a path of this machine");
        Assert.That(told[1], Is.EqualTo(told[0]));
    }

    [Test]
    public void A_go_module_that_is_not_here_is_the_machine_s_fault()
    {
        Machine.RequireProgram("go");
        const string Hash = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        Write(("go.mod", "module homework\n\ngo 1.18\n\nrequire example.com/words v1.0.0\n"));
        Write(("go.sum", $"example.com/words v1.0.0 {Hash}\nexample.com/words v1.0.0/go.mod {Hash}\n"));
        Write(("server.go", "package main\n\nimport \"example.com/words\"\n\nfunc main() { words.Say() }\n"));

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => Launch.PrepareAsync(_folder.Path))!;

        Assert.That(fault.Message, Does.Contain("module lookup disabled by GOPROXY=off"));
    }

    [Test]
    public void A_crate_that_is_not_here_is_the_machine_s_fault()
    {
        Machine.RequireProgram("cargo");
        Write(("src/main.rs", "fn main() {}"));
        Write(
            (
                "Cargo.toml",
                "[package]\nname = \"homework\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nrand = \"0.8\"\n"
            )
        );

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => Launch.PrepareAsync(_folder.Path))!;

        Assert.That(
            fault.Message,
            Is.EqualTo("the build needs packages from the network: error: no matching package named `rand` found")
        );
    }

    private void Write(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            _folder.Write(name, text);
        }
    }

    private async Task<IReadOnlyList<string>> RunAsync()
    {
        await using var launch = await Launch.PrepareAsync(_folder.Path);
        return (await launch.FailToStartAsync()).Output;
    }

    private string BuildBadly() =>
        string.Join(
            '\n',
            Assert.ThrowsAsync<CheckFailedException>(() => Launch.PrepareAsync(_folder.Path))!.Failure.Output
        );

    /// <summary>A server that needs its helper, and a client that must not be built into it.</summary>
    internal sealed record Program(
        string Compiler,
        (string Name, string Text) Server,
        (string Name, string Text) Helper,
        (string Name, string Text) Client
    );
}
