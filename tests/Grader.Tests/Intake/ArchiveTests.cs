using System.Formats.Tar;
using System.IO.Compression;
using Grader.Checks;
using Grader.Intake;
using Grader.Tests.Support;

namespace Grader.Tests.Intake;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ArchiveTests : IDisposable
{
    private const int LinkType = 0xa000;
    private const int PipeType = 0x1000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("anna.zip")]
    [TestCase("anna.tar.gz")]
    [TestCase("anna.tgz")]
    [TestCase("Anna.ZIP")]
    public void Files_come_out_as_they_were_packed(string name)
    {
        Unpack(name, ("echo_server.py", "source"), ("lib/wire.py", "more source"), ("lib/empty", ""));

        Assert.That(Unpacked(), Is.EqualTo(["echo_server.py: source", "lib/empty: ", "lib/wire.py: more source"]));
    }

    [TestCase("anna.zip")]
    [TestCase("anna.tgz")]
    public void A_folder_that_was_packed_whole_is_what_was_handed_in(string name)
    {
        Unpack(
            name,
            ("anna-echo/echo_server.py", "source"),
            ("anna-echo/anna-echo/x", "y"),
            ("__MACOSX/._anna-echo", "z")
        );

        Assert.That(Unpacked(), Is.EqualTo(["anna-echo/x: y", "echo_server.py: source"]));
    }

    [TestCase("anna.zip")]
    [TestCase("anna.tgz")]
    public void What_tools_leave_behind_is_skipped(string name)
    {
        Unpack(
            name,
            ("echo_server.py", "source"),
            (".git/HEAD", "x"),
            ("lib/node_modules/left-pad/index.js", "x"),
            ("__pycache__/echo_server.pyc", "x"),
            ("__MACOSX/._echo_server.py", "x"),
            ("lib/wire.py", "more source")
        );

        Assert.That(Unpacked(), Is.EqualTo(["echo_server.py: source", "lib/wire.py: more source"]));
    }

    [Test]
    public void A_program_stays_one_and_is_nobody_elses()
    {
        Machine.RequireLinux();
        var zip = Archives.Zip(zip =>
        {
            // A regular file (S_IFREG) with all rights and set-user-id.
            Archives.AddTo(zip, "run.sh", "#!/bin/sh\n").ExternalAttributes = Convert.ToInt32("104777", 8) << 16;
            Archives.AddTo(zip, "notes.txt", "x");
        });

        Unpack("anna.zip", zip);

        Assert.That(File.GetUnixFileMode(_folder["out/run.sh"]), Is.EqualTo((UnixFileMode)Convert.ToInt32("755", 8)));
        Assert.That(
            File.GetUnixFileMode(_folder["out/notes.txt"]),
            Is.EqualTo((UnixFileMode)Convert.ToInt32("644", 8))
        );
    }

    [TestCase("../echo_server.py", "../echo_server.py in it leaves the folder")]
    [TestCase("lib/../../echo_server.py", "lib/../../echo_server.py in it leaves the folder")]
    [TestCase("..\\echo_server.py", "..\\echo_server.py in it leaves the folder")]
    [TestCase("..", ".. in it leaves the folder")]
    [TestCase("/etc/passwd", "/etc/passwd in it is an absolute name")]
    [TestCase("C:\\echo_server.py", "C:\\echo_server.py in it is an absolute name")]
    [TestCase("__pycache__/../../x", "__pycache__/../../x in it leaves the folder")]
    public void A_name_that_leads_elsewhere_is_refused(string name, string why)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Refusal("anna.zip", Archives.Zip((name, "x"))), Is.EqualTo(why));
            Assert.That(Refusal("anna.tgz", Archives.Gzip(Archives.Tar((name, "x")))), Is.EqualTo(why));
            Assert.That(File.Exists(_folder["echo_server.py"]), Is.False);
        });
    }

    [Test]
    public void A_name_that_is_too_long_is_refused()
    {
        var name = new string('x', 256);

        Assert.That(Refusal("anna.zip", Archives.Zip((name, "x"))), Does.EndWith(" in it is no name of a file"));
        Assert.That(
            Refusal("anna.zip", Archives.Zip((string.Join('/', Enumerable.Repeat("x", 51)), "x"))),
            Does.EndWith(" in it is no name of a file")
        );
    }

    [Test]
    public void What_is_in_it_twice_is_refused()
    {
        Assert.That(Refusal("anna.zip", Archives.Zip(("a", "1"), ("./a", "2"))), Is.EqualTo("a is in it twice"));
        Assert.That(
            Refusal("anna.zip", Archives.Zip(("a", "1"), ("a/b", "2"))),
            Is.EqualTo("a in it is a file and a folder")
        );
    }

    [TestCase(TarEntryType.SymbolicLink, "it in it is a link")]
    [TestCase(TarEntryType.HardLink, "it in it is a link")]
    [TestCase(TarEntryType.Fifo, "it in it is neither a file nor a folder")]
    [TestCase(TarEntryType.CharacterDevice, "it in it is neither a file nor a folder")]
    public void What_is_no_file_is_refused(TarEntryType type, string why)
    {
        var tar = Archives.Tar(tar =>
        {
            var entry = new PaxTarEntry(type, "it");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "/etc/passwd";
            }

            tar.WriteEntry(entry);
        });

        Assert.That(Refusal("anna.tgz", Archives.Gzip(tar)), Is.EqualTo(why));
    }

    [TestCase(LinkType, "it in it is a link")]
    [TestCase(PipeType, "it in it is neither a file nor a folder")]
    public void Nor_is_it_taken_from_a_zip(int type, string why)
    {
        var zip = Archives.Zip(zip => Archives.AddTo(zip, "it", "/etc/passwd").ExternalAttributes = type << 16);

        Assert.That(Refusal("anna.zip", zip), Is.EqualTo(why));
    }

    [Test]
    public void Too_many_files_are_refused()
    {
        (string, string)[] files =
        [
            .. Enumerable.Range(0, Archive.MostEntries + 1).Select(number => ($"{number}", "")),
        ];

        Assert.That(
            Refusal("anna.zip", Archives.Zip(files)),
            Is.EqualTo("more than 10,000 files and folders in it, counted up to 10000")
        );
        Assert.That(
            Refusal("anna.tgz", Archives.Gzip(Archives.Tar(files))),
            Is.EqualTo("more than 10,000 files and folders in it, counted up to 10000")
        );
    }

    [Test]
    public void So_are_folders_that_are_named_by_what_is_in_them_alone()
    {
        var path = string.Join('/', Enumerable.Repeat("x", 40));
        (string, string)[] files = [.. Enumerable.Range(0, 300).Select(number => ($"{number}/{path}", ""))];

        Assert.That(
            Refusal("anna.zip", Archives.Zip(files)),
            Does.StartWith("more than 10,000 files and folders in it")
        );
    }

    [Test]
    public void Files_that_are_skipped_do_not_count()
    {
        (string, string)[] files =
        [
            ("echo_server.py", "source"),
            .. Enumerable.Range(0, Archive.MostEntries + 1).Select(number => ($"node_modules/{number}", "")),
        ];

        Unpack("anna.zip", Archives.Zip(files));

        Assert.That(Unpacked(), Is.EqualTo(["echo_server.py: source"]));
    }

    [TestCase(199, "it unpacks to more than 200 times its size, at zeros")]
    [TestCase(201, "it unpacks to more than 200 times its size, at zeros")]
    public void A_bomb_is_refused(int megabytes, string why)
    {
        Assert.That(Refusal("anna.zip", Zeros(megabytes)), Is.EqualTo(why));
        var tar = Archives.Tar(tar =>
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "zeros")
                {
                    DataStream = new MemoryStream(new byte[megabytes * 1_000_000]),
                }
            )
        );
        Assert.That(Refusal("anna.tgz", Archives.Gzip(tar)), Is.EqualTo(why));
    }

    [Test]
    public void So_is_what_unpacks_to_too_much()
    {
        var noise = new byte[1_200_000];
        new Random(7).NextBytes(noise);
        var zip = Archives.Zip(zip =>
        {
            AddTo(zip, "noise", noise);
            AddTo(zip, "zeros", new byte[Archive.MostBytes]);
        });

        Assert.That(Refusal("anna.zip", zip), Is.EqualTo("it unpacks to more than 200 MB, counted up to zeros"));
    }

    [Test]
    public void So_is_a_bomb_in_an_archive()
    {
        var nested = Archives.Zip(zip => AddTo(zip, "bomb.zip", Zeros(100)));
        var doubly = Archives.Zip(zip => AddTo(zip, "outer.zip", nested));
        var harmless = Archives.Zip(zip => AddTo(zip, "inner.zip", Archives.Zip(("x", "y"))));

        Assert.That(Refusal("anna.zip", nested), Is.EqualTo("it unpacks to more than 200 times its size, at bomb.zip"));
        Assert.That(Refusal("anna.zip", doubly), Is.EqualTo("outer.zip holds an archive in its turn"));
        Assert.That(() => Unpack("anna.zip", harmless), Throws.Nothing);
    }

    [TestCase("anna.zip", "")]
    [TestCase("anna.zip", "no archive at all")]
    [TestCase("anna.tgz", "no archive at all")]
    [TestCase("anna.tar.gz", "no archive at all")]
    public void What_is_no_archive_is_refused(string name, string content)
    {
        Assert.That(
            Refusal(name, System.Text.Encoding.UTF8.GetBytes(content)),
            Is.EqualTo("it is broken, or no archive of its name")
        );
    }

    [Test]
    public void A_byte_that_was_lost_on_the_way_is_noticed()
    {
        var zip = Archives.Zip(zip =>
        {
            using var writer = new StreamWriter(zip.CreateEntry("a", CompressionLevel.NoCompression).Open());
            writer.Write("contents");
        });
        zip[zip.AsSpan().IndexOf("contents"u8)] ^= 1;

        Assert.That(Refusal("anna.zip", zip), Is.EqualTo("it is broken, or no archive of its name"));
    }

    [Test]
    public void A_folder_that_cannot_be_written_is_no_fault_of_the_archives()
    {
        _folder.Write("out", "a file");

        Assert.That(() => Unpack("anna.zip", Archives.Zip(("a", "b"))), Throws.InstanceOf<IOException>());
    }

    private static byte[] Zeros(int megabytes) =>
        Archives.Zip(zip => AddTo(zip, "zeros", new byte[megabytes * 1_000_000]));

    private static void AddTo(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(content);
    }

    private string Refusal(string name, byte[] archive)
    {
        var refusal = Assert.Throws<CheckFailedException>(() => Unpack(name, archive))!;
        Assert.That(refusal.Failure.Hint, Is.Not.Null);
        return refusal.Failure.Actual;
    }

    private void Unpack(string name, params (string Name, string Content)[] files) =>
        Unpack(name, Archive.EndingOf(name) == ".zip" ? Archives.Zip(files) : Archives.Gzip(Archives.Tar(files)));

    private void Unpack(string name, byte[] archive)
    {
        if (Directory.Exists(_folder["out"]))
        {
            Directory.Delete(_folder["out"], recursive: true);
        }

        File.WriteAllBytes(_folder[name], archive);
        Directory.CreateDirectory(_folder["out"]);
        Archive.Unpack(_folder[name], Archive.EndingOf(name)!, _folder["out"], CancellationToken.None);
    }

    private IEnumerable<string> Unpacked() =>
        Directory
            .EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetRelativePath(_folder["out"], path)}: {File.ReadAllText(path)}")
            .Order(StringComparer.Ordinal);
}
