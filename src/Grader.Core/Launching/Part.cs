namespace Grader.Launching;

/// <summary>A program of a submission.</summary>
public enum Part
{
    Server,
    Client,
}
