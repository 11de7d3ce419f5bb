// Most wait until the zoo lets their server in, or until it stops waiting for a server that sleeps.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(10)]
