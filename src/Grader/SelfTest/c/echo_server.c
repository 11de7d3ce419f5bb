#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons(atoi(argv[1]));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 256) < 0)
        return 1;
    for (;;) {
        char buffer[4096];
        int connection = accept(listener, NULL, NULL);
        ssize_t count = recv(connection, buffer, sizeof buffer, 0);
        if (count > 0)
            send(connection, buffer, count, MSG_NOSIGNAL);
        close(connection);
    }
}
