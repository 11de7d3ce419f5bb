namespace Grader.Launching;

/// <summary>What a student handed in for an assignment: a folder.</summary>
public sealed record Submission(string Student, string Folder);
