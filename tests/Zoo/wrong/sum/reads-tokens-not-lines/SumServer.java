// A Scanner reads tokens, not lines: the first two of three numbers are added, and the third waits for a fourth.
import java.io.*;
import java.math.BigDecimal;
import java.net.*;
import java.util.*;

public class SumServer {
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
            Scanner in = new Scanner(client.getInputStream()).useLocale(Locale.US);
            PrintStream out = new PrintStream(client.getOutputStream());
            while (in.hasNext()) {
                BigDecimal a = new BigDecimal(in.next());
                BigDecimal b = new BigDecimal(in.next());
                out.print(a.add(b).toPlainString() + "\n");
            }
        } catch (NumberFormatException | NoSuchElementException e) {
            System.out.println("that was not a number");
        } catch (IOException e) {
            System.out.println("connection lost");
        }
    }
}
