#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7777)};
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 8);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        char part[512];
        ssize_t received;
        while ((received = read(client, part, sizeof part)) > 0)
            for (ssize_t sent = 0; sent < received;)
                sent += write(client, part + sent, (size_t)(received - sent));
        close(client);
    }
}
