namespace Grader.Batch;

/// <summary>Lets submissions in while few are at work: one that only waits for a server that sleeps keeps nobody out.</summary>
internal sealed class Admission(int atWork)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _working;

    /// <returns>A place, which is left when it is disposed.</returns>
    public async Task<Place> EnterAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(turn);
            LetIn();
        }

        await using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
        {
            await turn.Task;
        }

        return new Place(this);
    }

    private void Add(int working)
    {
        lock (_lock)
        {
            _working += working;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_working < atWork && _waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
            {
                _working++;
            }
        }
    }

    /// <summary>The place of a submission that was let in.</summary>
    internal sealed class Place(Admission admission) : IDisposable
    {
        private bool _rests;

        /// <summary>Tells whether the submission only waits; who comes back to work is not kept waiting.</summary>
        public void Rest(bool rests)
        {
            if (rests != _rests)
            {
                _rests = rests;
                admission.Add(rests ? -1 : 1);
            }
        }

        public void Dispose() => Rest(rests: true);
    }
}
