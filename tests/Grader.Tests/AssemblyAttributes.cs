using System.Runtime.Versioning;

// Each test has folders, processes and networks of its own. Most of them wait for a server most of the time.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(4)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

// What needs file modes, signals or /proc is ignored elsewhere, test by test.
[assembly: UnsupportedOSPlatform("windows")]
