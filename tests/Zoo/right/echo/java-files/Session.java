import java.io.IOException;
import java.net.Socket;

/** What one client and the server say to each other. */
class Session implements Runnable {
    private final Socket client;

    Session(Socket client) {
        this.client = client;
    }

    @Override
    public void run() {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            System.err.println("client lost: " + e.getMessage());
        }
    }
}
