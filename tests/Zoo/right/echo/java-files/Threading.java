import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of the server. */
final class Workers {
    private Workers() {
    }

    static ExecutorService start() {
        return Executors.newCachedThreadPool(runnable -> {
            Thread thread = new Thread(runnable);
            thread.setDaemon(true);
            return thread;
        });
    }
}
