// int has 32 bits: larger sums wrap around, larger numbers and fractions are refused.
import java.io.*;
import java.net.*;

public class SumServer {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(Integer.parseInt(args[0])), 256);
        while (true) {
            Socket client = server.accept();
            new Thread(() -> handle(client)).start();
        }
    }

    static void handle(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
            PrintWriter out = new PrintWriter(client.getOutputStream(), true);
            String line;
            while ((line = in.readLine()) != null) {
                String[] parts = line.trim().split("\\s+");
                try {
                    if (parts.length != 2) {
                        throw new NumberFormatException("wrong number of numbers");
                    }
                    out.println(Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]));
                } catch (NumberFormatException e) {
                    out.println("Error: please send two numbers");
                }
            }
        } catch (IOException e) {
            System.out.println("client lost: " + e.getMessage());
        }
    }
}
