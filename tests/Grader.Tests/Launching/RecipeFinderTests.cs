using Grader.Checks;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RecipeFinderTests : IDisposable
{
    private static readonly string[] Stems = ["echo_server", "echo-server", "EchoServer", "server", "main"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("echo_server.py", "Python", "python3 -u echo_server.py {port}", "")]
    [TestCase("echo_server.cs", "C#", "dotnet {artifact} {port}", "dotnet msbuild .single.csproj")]
    [TestCase("EchoServer.csproj", "C#", "dotnet {artifact} {port}", "dotnet msbuild EchoServer.csproj")]
    [TestCase("echo_server.c", "C", "./echo_server {port}", "gcc -O2 -o echo_server echo_server.c")]
    [TestCase("echo_server.cpp", "C++", "./echo_server {port}", "g++ -O2 -o echo_server echo_server.cpp")]
    [TestCase("echo_server.cc", "C++", "./echo_server {port}", "g++ -O2 -o echo_server echo_server.cc")]
    [TestCase("EchoServer.java", "Java", "java -cp .built {artifact} {port}", "javac -d .built EchoServer.java")]
    [TestCase("echo_server.js", "Node", "node echo_server.js {port}", "")]
    [TestCase("echo_server.mjs", "Node", "node echo_server.mjs {port}", "")]
    [TestCase("echo_server.go", "Go", "./.built/echo_server {port}", "go build -o .built/echo_server echo_server.go")]
    [TestCase("go.mod", "Go", "{artifact} {port}", "go build -o .built/ ./...")]
    [TestCase("echo_server.rs", "Rust", "{artifact} {port}", "rustc -O --edition=2021 --out-dir .built echo_server.rs")]
    [TestCase("Cargo.toml", "Rust", "{artifact} {port}", "cargo build --release --offline --quiet")]
    [TestCase("echo_server.pl", "Perl", "perl echo_server.pl {port}", "")]
    [TestCase("echo_server.rb", "Ruby", "ruby echo_server.rb {port}", "")]
    [TestCase("echo_server.php", "PHP", "php echo_server.php {port}", "")]
    [TestCase("echo_server.tcl", "Tcl", "tclsh echo_server.tcl {port}", "")]
    [TestCase("echo_server.sh", "Shell", "bash echo_server.sh {port}", "")]
    public void Each_language_has_a_recipe(string file, string language, string server, string build)
    {
        _folder.Write(file);

        var recipe = Find();

        Assert.Multiple(() =>
        {
            Assert.That(recipe.Source, Is.EqualTo($"{language} ({file})"));
            Assert.That(string.Join(' ', recipe.Server!), Is.EqualTo(server));
            Assert.That(
                string.Join(" && ", recipe.Build.Select(words => string.Join(' ', words))),
                Does.StartWith(build)
            );
            Assert.That(recipe.Build, Has.Count.EqualTo(build.Length == 0 ? 0 : 1));
            Assert.That(recipe.ArgumentsAreOptional, Is.True);
        });
    }

    [Test]
    public void A_single_csharp_file_gets_a_project_that_compiles_it_alone()
    {
        _folder.Write("echo_server.cs");
        _folder.Write("echo_client.cs");

        var recipe = Find();

        Assert.That(recipe.Extras.Keys, Is.EqualTo([".single.csproj"]));
        Assert.That(recipe.Extras[".single.csproj"], Does.Contain("<Compile Include=\"echo_server.cs\" />"));
        Assert.That(
            recipe.Extras[".single.csproj"],
            Does.Contain("<EnableDefaultCompileItems>false</EnableDefaultCompileItems>")
        );
    }

    [TestCase("Makefile", "echo_server.c", "C")]
    [TestCase("Makefile", "echo_server.cpp", "C++")]
    [TestCase("Makefile", "network.c", "C")]
    [TestCase("Echo.csproj", "Program.cs", "C#")]
    public void A_project_file_goes_before_single_sources(string project, string source, string language)
    {
        _folder.Write(project);
        _folder.Write(source);

        var recipe = Find();

        Assert.That(recipe.Source, Is.EqualTo($"{language} ({project})"));
        Assert.That(
            string.Join(' ', recipe.Build.Single()),
            Does.StartWith(project == "Makefile" ? "make" : $"dotnet msbuild {project}")
        );
        Assert.That(recipe.FindArtifact, Is.Not.Null);
    }

    [Test]
    public void The_server_s_project_is_built_and_not_the_client_s()
    {
        _folder.Write("AClient.csproj");
        _folder.Write("Homework.csproj");

        var recipe = Find();

        Assert.That(recipe.Build.Single(), Does.Contain("Homework.csproj"));
    }

    [Test]
    public void A_package_json_with_a_start_script_is_started_by_it()
    {
        _folder.Write("package.json", """{ "scripts": { "start": "node lib/index.js" } }""");
        _folder.Write("server.js");

        var recipe = Find();

        Assert.That(recipe.Source, Is.EqualTo("Node (package.json)"));
        Assert.That(recipe.Server, Is.EqualTo(["sh", "-c", "{artifact} \"$@\"", "start", "{port}"]));
        Assert.That(recipe.FindArtifact!(_folder.Path), Is.EqualTo("node lib/index.js"));
    }

    [TestCase("""{ "dependencies": {} }""")]
    [TestCase("""{ "scripts": { "test": "jest" } }""")]
    [TestCase("""{ "scripts": { "start": 1 } }""")]
    [TestCase("""{ "scripts": {}, "scripts": {} }""")]
    [TestCase("""[ "scripts" ]""")]
    [TestCase("no JSON")]
    [TestCase("")]
    public void A_package_json_without_a_start_script_leaves_the_source_to_start(string package)
    {
        _folder.Write("package.json", package);
        _folder.Write("server.js");

        var recipe = Find();

        Assert.That(recipe.Server, Is.EqualTo(["node", "server.js", "{port}"]));
    }

    [Test]
    public void Stems_are_tried_in_their_order()
    {
        foreach (var stem in Stems.Reverse())
        {
            _folder.Write($"{stem}.py");

            var recipe = Find();

            Assert.That(recipe.Server, Does.Contain($"{stem}.py"));
        }
    }

    [Test]
    public void An_earlier_stem_goes_before_a_language_that_stands_earlier()
    {
        _folder.Write("main.py");
        _folder.Write("server.js");

        var recipe = Find();

        Assert.That(recipe.Server, Does.Contain("server.js"));
    }

    [TestCase("ECHO_SERVER.PY")]
    [TestCase("Echo_Server.Py")]
    [TestCase("echoserver.py")]
    [TestCase("Main.py")]
    public void Case_is_ignored(string file)
    {
        _folder.Write(file);
        _folder.Write("something.py");

        var recipe = Find();

        Assert.That(recipe.Server, Is.EqualTo(["python3", "-u", file, "{port}"]));
    }

    [TestCase("server.py", "server.c", "server.py and server.c")]
    [TestCase("echo_server.c", "echo_server.cpp", "echo_server.c and echo_server.cpp")]
    [TestCase("Main.java", "main.js", "Main.java and main.js")]
    public void Two_languages_with_the_same_stem_tie(string one, string other, string named)
    {
        _folder.Write(one);
        _folder.Write(other);

        var tie = Assert.Throws<EnvironmentException>(() => Find())!;

        Assert.That(
            tie.Message,
            Is.EqualTo($"{named} could each be the server; name the one to start in submission.json")
        );
    }

    [Test]
    public void A_tie_of_a_later_stem_is_none()
    {
        _folder.Write("echo_server.py");
        _folder.Write("main.c");
        _folder.Write("main.js");

        var recipe = Find();

        Assert.That(recipe.Source, Is.EqualTo("Python (echo_server.py)"));
    }

    [Test]
    public void The_only_source_is_the_server_whatever_its_name()
    {
        _folder.Write("homework3.py");
        _folder.Write("homework3_client.py");
        _folder.Write("notes.txt");

        var recipe = Find();

        Assert.That(recipe.Server, Is.EqualTo(["python3", "-u", "homework3.py", "{port}"]));
    }

    [TestCase("server.c", "util.c", "gcc -O2 -o server server.c util.c -pthread -lm")]
    [TestCase("server.cpp", "util.cc", "g++ -O2 -o server server.cpp util.cc -pthread")]
    [TestCase("Server.java", "Util.java", "javac -d .built Server.java Util.java")]
    [TestCase("server.go", "util.go", "go build -o .built/server server.go util.go")]
    [TestCase("server.go", "client_handler.go", "go build -o .built/server server.go client_handler.go")]
    [TestCase("server.go", "client.go", "go build -o .built/server server.go client.go")]
    [TestCase("server.c", "client.c", "gcc -O2 -o server server.c client.c -pthread -lm")]
    public void A_second_try_takes_the_files_beside_the_server_that_no_program_begins_in(
        string server,
        string helper,
        string build
    )
    {
        _folder.Write(server, ProgramIn(server));
        _folder.Write(helper);

        var recipe = Find();

        Assert.That(string.Join(' ', recipe.Build.Single()), Is.EqualTo(build.Replace($" {helper}", "")));
        Assert.That(string.Join(' ', recipe.OtherBuilds[0].Single()), Is.EqualTo(build));
    }

    [TestCase("server.c", "client.c", "int main(void) { }")]
    [TestCase("server.c", "util.cpp", "")]
    [TestCase("server.c", "bench.c", "int main(int argc, char **argv)\n{\n}\n")]
    [TestCase("server.cpp", "bench.cpp", "auto main() -> int { }")]
    [TestCase("Server.java", "EchoClient.java", "class EchoClient { public static void main(String[] args) { } }")]
    [TestCase("Server.java", "Load.java", "class Load { public static void main(String... args) { } }")]
    [TestCase("Server.java", "ServerTest.java", "class ServerTest { }")]
    [TestCase("server.go", "server_test.go", "package main")]
    [TestCase("server.go", "load.go", "package main\n\nfunc main() {\n}\n")]
    [TestCase("server.py", "util.py", "")]
    public void The_client_a_test_and_another_program_are_no_part_of_the_server(
        string server,
        string other,
        string text
    )
    {
        _folder.Write(server, ProgramIn(server));
        _folder.Write(other, text);

        var recipe = Find();

        Assert.That(recipe.Source, Does.EndWith($"({server})"));
        Assert.That(recipe.OtherBuilds.SelectMany(build => build).SelectMany(words => words), Has.No.Member(other));
    }

    [TestCase("server.c", "main.c")]
    [TestCase("Server.java", "Main.java")]
    [TestCase("server.go", "main.go")]
    [TestCase("server.cpp", "homework.cpp")]
    public void A_file_named_server_that_no_program_begins_in_is_a_part_of_the_one_beside_it(
        string part,
        string program
    )
    {
        _folder.Write(part);
        _folder.Write(program, ProgramIn(program));

        var recipe = Find();

        Assert.That(recipe.Source, Does.EndWith($"({program})"));
        Assert.That(recipe.OtherBuilds[0].Single(), Does.Contain(part));
    }

    [TestCase("homework.c", "net.c", "homework_client.c")]
    [TestCase("Homework.java", "Net.java", "HomeworkClient.java")]
    [TestCase("homework.go", "net.go", "client.go")]
    [TestCase("homework.go", "net.go", "go.mod")]
    public void Of_several_sources_the_only_one_that_a_program_begins_in_is_the_server(
        string program,
        string part,
        string other
    )
    {
        _folder.Write(program, ProgramIn(program));
        _folder.Write(part);
        _folder.Write(other, ProgramIn(other));

        var recipe = Find();

        Assert.That(recipe.Source, Does.EndWith($"({program})"));
    }

    [Test]
    public void Of_two_programs_neither_is_the_server()
    {
        _folder.Write("one.c", ProgramIn("one.c"));
        _folder.Write("two.c", ProgramIn("two.c"));

        var failure = Assert.Throws<CheckFailedException>(() => Find())!.Failure;

        Assert.That(failure.Actual, Is.EqualTo("none among one.c, two.c"));
    }

    [TestCase("server.py", "server.sh")]
    [TestCase("homework.py", "run.sh")]
    public void A_shell_script_beside_another_language_is_not_the_server(string server, string script)
    {
        _folder.Write(server);
        _folder.Write(script);

        var recipe = Find();

        Assert.That(recipe.Source, Is.EqualTo($"Python ({server})"));
    }

    [TestCase("echo_server.rs", "Rust (Cargo.toml)")]
    [TestCase("src/main.rs", "Rust (Cargo.toml)")]
    public void A_cargo_project_goes_before_single_sources(string source, string expected)
    {
        _folder.Write("Cargo.toml");
        _folder.Write(source);

        Assert.That(Find().Source, Is.EqualTo(expected));
    }

    [TestCase("Cargo.toml")]
    [TestCase("go.mod")]
    public void A_makefile_gives_way_to_a_project_of_one_language(string project)
    {
        _folder.Write("Makefile");
        _folder.Write(project);

        Assert.That(Find().Source, Does.EndWith($"({project})"));
    }

    [TestCase("{ \"dependencies\": { \"ws\": \"^8.0.0\" } }", "npm install --offline")]
    [TestCase(
        "{ \"dependencies\": { \"ws\": \"*\" }, \"scripts\": { \"start\": \"node .\" } }",
        "npm install --offline"
    )]
    [TestCase("{ \"dependencies\": {}, \"devDependencies\": { \"jest\": \"*\" } }", "")]
    public void A_package_json_with_dependencies_has_them_installed(string package, string build)
    {
        _folder.Write("package.json", package);
        _folder.Write("server.js");

        var recipe = Find();

        Assert.That(string.Join(" && ", recipe.Build.Select(words => string.Join(' ', words))), Does.StartWith(build));
        Assert.That(recipe.Build, Has.Count.EqualTo(build.Length == 0 ? 0 : 1));
    }

    [TestCase("", "an empty folder")]
    [TestCase("notes.txt", "none among notes.txt")]
    [TestCase("echo_client.py", "none among echo_client.py")]
    [TestCase("one.py two.py", "none among one.py, two.py")]
    [TestCase("server", "none among server", Description = "not executable")]
    public void A_folder_without_a_server_says_what_is_there(string files, string actual)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _folder.Write(file);
        }

        var failure = Assert.Throws<CheckFailedException>(() => Find())!.Failure;

        Assert.Multiple(() =>
        {
            Assert.That(failure.Expected, Is.EqualTo("a server's source, such as echo_server.py"));
            Assert.That(failure.Actual, Is.EqualTo(actual));
            Assert.That(
                failure.Hint,
                Is.EqualTo("Name your server's file echo_server, or say how to start it in submission.json.")
            );
        });
    }

    [TestCase("server", "gone")]
    [TestCase("server", "server")]
    [TestCase("server.c", "server.c")]
    [TestCase("util.go", "gone/util.go")]
    public void A_link_that_leads_nowhere_is_no_program(string link, string target)
    {
        File.CreateSymbolicLink(_folder[link], target);
        _folder.Write("echo_server.go", ProgramIn("echo_server.go"));

        Assert.That(Find().Source, Is.EqualTo("Go (echo_server.go)"));
    }

    [TestCase("echo_server")]
    [TestCase("Main")]
    public void An_executable_file_is_started_as_it_is(string file)
    {
        Machine.RequireLinux();
        MakeExecutable(_folder.Write(file));

        var recipe = Find();

        Assert.That(recipe.Source, Is.EqualTo($"an executable file ({file})"));
        Assert.That(recipe.Server, Is.EqualTo([$"./{file}", "{port}"]));
    }

    [Test]
    public void A_source_goes_before_an_executable_file()
    {
        Machine.RequireLinux();
        MakeExecutable(_folder.Write("main"));
        _folder.Write("main.py");

        var recipe = Find();

        Assert.That(recipe.Source, Is.EqualTo("Python (main.py)"));
    }

    [TestCase("*.go", "main.go")]
    [TestCase("Cargo.toml", "Cargo.toml")]
    public void A_course_can_add_a_language(string match, string file)
    {
        _folder.Write(file);
        _folder.Write("echo_server.py");
        var added = new Recipe { Source = "grading.json", Server = ["./server", "{port}"] };

        var recipe = Find(new CourseRecipe("*.none", new Recipe { Source = "other" }), new CourseRecipe(match, added));

        Assert.That(recipe, Is.SameAs(added));
    }

    [Test]
    public void The_student_s_own_word_goes_before_the_course_s()
    {
        _folder.Write("submission.json", """{ "server": ["./mine"] }""");
        _folder.Write("main.go");

        var recipe = Find(new CourseRecipe("*.go", new Recipe { Source = "grading.json" }));

        Assert.That(recipe.Server, Is.EqualTo(["./mine"]));
    }

    [Test]
    public void A_submission_json_is_read_up_to_64_KiB_and_no_further()
    {
        const string Json = """{ "server": ["./mine"] }""";
        _folder.Write("submission.json", Json.PadRight(64 << 10));
        Assert.That(Find().Server, Is.EqualTo(["./mine"]));

        _folder.Write("submission.json", Json.PadRight((64 << 10) + 1));
        var failure = Assert.Throws<CheckFailedException>(() => Find())!.Failure;

        Assert.That(failure.Actual, Is.EqualTo("submission.json: it has more than 64 KiB"));
        Assert.That(failure.Hint, Is.EqualTo("Keep the commands in it, and nothing else."));
    }

    [Test]
    public void An_enormous_key_in_it_is_told_in_short()
    {
        _folder.Write("submission.json", $$"""{ "{{new string('x', 60_000)}}": [] }""");

        var failure = Assert.Throws<CheckFailedException>(() => Find())!.Failure;

        Assert.That(
            failure.Actual,
            Does.Match("^submission.json: unknown key \"x+ \\[\\.\\.\\. 59,[0-9]+ characters \\.\\.\\.\\] x+\"$")
        );
        Assert.That(failure.Actual, Has.Length.LessThan(300));
        Assert.That(failure.Hint, Is.EqualTo("Known: build, server, client, stdin."));
    }

    [TestCase("echo_client.py", "Python (echo_client.py)", "python3 -u echo_client.py")]
    [TestCase("EchoClient.java", "Java (EchoClient.java)", "java -cp .built {artifact}")]
    [TestCase("client.go", "Go (client.go)", "./.built/client")]
    [TestCase("my-client.rb", "Ruby (my-client.rb)", "ruby my-client.rb")]
    [TestCase("EchoClient.csproj", "C# (EchoClient.csproj)", "dotnet {artifact}")]
    public void A_client_lies_beside_its_server(string file, string source, string command)
    {
        _folder.Write(file, ProgramIn(file));
        _folder.Write("echo_server.py");
        _folder.Write("package.json", """{ "scripts": { "start": "node echo_server.js" } }""");

        var recipe = FindClient();

        Assert.That(recipe.Source, Is.EqualTo(source));
        Assert.That(string.Join(' ', recipe.Client!), Is.EqualTo(command));
        Assert.That(recipe.Server, Is.Null);
    }

    [Test]
    public void Who_says_how_the_server_is_started_need_not_say_it_of_a_client()
    {
        _folder.Write("submission.json", """{ "server": ["./any", "{port}"] }""");
        _folder.Write("echo_client.py");

        Assert.That(FindClient().Source, Is.EqualTo("Python (echo_client.py)"));
    }

    [Test]
    public void Who_says_how_the_client_is_started_need_not_say_it_of_a_server()
    {
        _folder.Write("submission.json", """{ "client": ["./any", "{message}"] }""");
        _folder.Write("echo_server.py");

        Assert.That(Find().Source, Is.EqualTo("Python (echo_server.py)"));
    }

    [Test]
    public void A_folder_without_a_client_says_what_it_might_be_called()
    {
        _folder.Write("echo_server.py");

        Assert.That(
            () => FindClient(),
            Throws
                .InstanceOf<CheckFailedException>()
                .With.Message.EqualTo("a client's source, such as echo_client.py / none among echo_server.py")
        );
    }

    [TestCase("main.py", "s = socket.socket()\ns.listen()\n", false)]
    [TestCase("main.py", "s = socket.create_connection(('localhost', 10000))\n", true)]
    [TestCase("my_client.py", "# The server listens at port 10000.\n", true)]
    public void A_lone_program_that_listens_is_no_client(string file, string text, bool isClient)
    {
        _folder.Write(file, text);

        if (isClient)
        {
            Assert.That(FindClient().Client, Does.Contain(file));
        }
        else
        {
            Assert.That(() => FindClient(), Throws.InstanceOf<CheckFailedException>());
        }
    }

    [TestCase("""{ "client": ["./c", "{message}"] }""", null)]
    [TestCase("""{ "client": ["./c"], "stdin": ["{a}", "{b}"] }""", null)]
    [TestCase("""{ "client": ["./c"] }""", "a client that is told what to ask for / submission.json gives it nothing")]
    [TestCase("""{ "server": ["./s"] }""", "a client / submission.json names none")]
    public void A_client_must_be_given_what_it_is_to_ask_for(string json, string? problem)
    {
        _folder.Write("submission.json", json);
        var recipe = FindClient();

        if (problem is null)
        {
            recipe.Require(Part.Client);
        }
        else
        {
            Assert.That(
                () => recipe.Require(Part.Client),
                Throws.InstanceOf<CheckFailedException>().With.Message.EqualTo(problem)
            );
        }
    }

    [TestCase("""{ "server": ["./s"], "client": ["./c", "{message}"], "stdin": ["{port}"] }""", "{port}", "")]
    [TestCase("""{ "server": ["./s"], "client": ["./c"], "stdin": ["{port}", "{message}"] }""", "", "{port} {message}")]
    [TestCase("""{ "client": ["./c", "{message}"], "stdin": ["yes"] }""", "", "yes")]
    public void Lines_on_standard_input_are_the_clients_where_they_hold_what_it_asks_for(
        string json,
        string server,
        string client
    )
    {
        var recipe = SubmissionFile.Parse(json);

        Assert.That(string.Join(' ', recipe.StdinOf(Part.Server)), Is.EqualTo(server));
        Assert.That(string.Join(' ', recipe.StdinOf(Part.Client)), Is.EqualTo(client));
    }

    private Recipe FindClient() =>
        RecipeFinder.Find(_folder.Path, ["echo_client", "EchoClient", "client"], [], Part.Client);

    private static string ProgramIn(string file) =>
        Path.GetExtension(file) switch
        {
            ".java" => "class Any { public static void main(String[] args) { } }",
            ".go" => "package main\n\nfunc main() {}\n",
            _ => "int main(void) { }",
        };

    private Recipe Find(params CourseRecipe[] course) => RecipeFinder.Find(_folder.Path, Stems, course);

    private static void MakeExecutable(string path) =>
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
}
