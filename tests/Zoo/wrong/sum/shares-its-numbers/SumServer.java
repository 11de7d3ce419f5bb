// static means one for all: clients that come together overwrite each other's numbers.
import java.io.*;
import java.math.BigDecimal;
import java.net.*;

public class SumServer {
    static BigDecimal first, second;

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(Integer.parseInt(args[0])), 256);
        while (true) {
            Socket client = server.accept();
            new Thread(() -> serve(client)).start();
        }
    }

    static void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
            PrintWriter out = new PrintWriter(client.getOutputStream(), true);
            String line;
            while ((line = in.readLine()) != null) {
                out.println(read(line.trim().split("\\s+")) ? add() : "error: two numbers are needed");
            }
        } catch (IOException | InterruptedException e) {
            System.out.println("client lost: " + e.getMessage());
        }
    }

    static boolean read(String[] parts) {
        try {
            first = new BigDecimal(parts[0]);
            second = new BigDecimal(parts[1]);
            return parts.length == 2;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    static String add() throws InterruptedException {
        Thread.sleep(50); // it is hard work
        return first.add(second).toPlainString();
    }
}
