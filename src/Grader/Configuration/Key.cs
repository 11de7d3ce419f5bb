namespace Grader.Configuration;

/// <summary>A key of grading.json, in words for a person who has the file open.</summary>
internal sealed record Key(string Name, string Means, Shape Shape)
{
    public bool IsRequired { get; init; }
}
