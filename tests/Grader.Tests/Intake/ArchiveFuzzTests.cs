using System.Formats.Tar;
using System.IO.Compression;
using Grader.Checks;
using Grader.Intake;
using Grader.Tests.Support;

namespace Grader.Tests.Intake;

/// <summary>Archives that were right, and were changed by chance: they are unpacked or refused, and nothing gets out.</summary>
internal sealed class ArchiveFuzzTests
{
    private const int Seed = 7;
    private const int Often = 1_000;

    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_thousand_changed_archives_do_no_harm() => Fuzz(Often, Seed);

    [Test]
    [Category("Load")]
    public void Ten_thousand_changed_archives_do_no_harm() => Fuzz(10 * Often, Environment.TickCount);

    private void Fuzz(int times, int seed)
    {
        TestContext.Progress.WriteLine($"archives: seed {seed}");
        var random = new Random(seed);
        var seeds = Seeds();
        var (unpacked, refused) = (0, 0);
        for (var time = 0; time < times; time++)
        {
            var (name, bytes) = seeds[random.Next(seeds.Count)];
            var changed = Change(bytes, random);
            // Half of what is packed is changed inside, where the checksum of gzip does not see it.
            var archive = name.EndsWith(".tar", StringComparison.Ordinal) ? Archives.Gzip(changed) : changed;
            var path = _folder[$"a{(name.EndsWith(".zip", StringComparison.Ordinal) ? ".zip" : ".tgz")}"];
            File.WriteAllBytes(path, archive);
            Directory.CreateDirectory(_folder["a/b/out"]);
            try
            {
                Archive.Unpack(path, Archive.EndingOf(path)!, _folder["a/b/out"], CancellationToken.None);
                unpacked++;
            }
            catch (CheckFailedException)
            {
                refused++;
            }
            catch (Exception e)
            {
                File.Copy(
                    path,
                    Path.Combine(Path.GetTempPath(), $"archive-{seed}-{time}{Path.GetExtension(path)}"),
                    true
                );
                Assert.Fail($"archive {time} of seed {seed}: {e}");
            }

            ExpectNothingElsewhere(Path.GetFileName(path));
            File.Delete(path);
            Directory.Delete(_folder["a"], recursive: true);
        }

        TestContext.Progress.WriteLine($"archives: {unpacked} unpacked, {refused} refused");
        Assert.That(unpacked, Is.GreaterThan(times / 20), "some changes do not matter");
        Assert.That(refused, Is.GreaterThan(times / 4), "most do");
    }

    private void ExpectNothingElsewhere(string archive)
    {
        Assert.That(Names(_folder.Path), Is.EqualTo(["a", archive]));
        Assert.That(Names(_folder["a"]), Is.EqualTo(["b"]));
        // Beside the folder lies at times what was about to be lifted out of it; never anything by another name.
        Assert.That(Names(_folder["a/b"]), Is.SubsetOf(["out", "out.unpacked"]));
        Assert.That(
            new DirectoryInfo(_folder["a/b"])
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Where(entry => entry.LinkTarget is not null),
            Is.Empty
        );
    }

    private static IEnumerable<string?> Names(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static byte[] Change(byte[] bytes, Random random)
    {
        var changed = bytes.ToList();
        for (var change = random.Next(1, 5); change > 0 && changed.Count > 0; change--)
        {
            var at = random.Next(changed.Count);
            var length = Math.Min(random.Next(1, 64), changed.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2:
                    changed.RemoveRange(at, length);
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                case 4:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                default:
                    // Numbers at their limits.
                    for (var index = 0; index < Math.Min(4, length); index++)
                    {
                        changed[at + index] = random.Next(2) == 0 ? (byte)0xff : (byte)0;
                    }

                    break;
            }
        }

        return [.. changed];
    }

    // Small, so that a change often meets what tells how to read the rest.
    private static List<(string Name, byte[] Bytes)> Seeds()
    {
        (string, string)[] files =
        [
            ("echo/echo_server.py", "import socket\n"),
            ("echo/lib/../x", "y"),
            ("echo/../../x", "y"),
            ("echo/" + new string('n', 120), "a name that needs a header of its own"),
        ];
        var good = files[..1].Append(files[3]).ToArray();
        var tar = Archives.Tar(good);
        var odd = Archives.Tar(tar =>
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "echo"));
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, "echo/a") { DataStream = new MemoryStream([1, 2]) }
            );
            tar.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "echo/link") { LinkName = "../../.." });
            tar.WriteEntry(
                new V7TarEntry(TarEntryType.V7RegularFile, "echo/link/b") { DataStream = new MemoryStream([3]) }
            );
        });
        var nested = Archives.Zip(zip =>
        {
            using var stream = zip.CreateEntry("inner.zip", CompressionLevel.NoCompression).Open();
            stream.Write(Archives.Zip(good));
        });
        return
        [
            ("good.zip", Archives.Zip(good)),
            ("wrong.zip", Archives.Zip(files)),
            ("nested.zip", nested),
            ("good.tar", tar),
            ("wrong.tar", Archives.Tar(files)),
            ("odd.tar", odd),
            ("good.tgz", Archives.Gzip(tar)),
        ];
    }
}
