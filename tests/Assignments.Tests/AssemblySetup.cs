// Graded servers mostly wait for each other's clocks; more at a time than cores is still less than a busy class.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(5)]
