#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7777)};
    int server = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (argc != 2 || connect(server, (struct sockaddr *)&address, sizeof address) != 0)
        return 1;
    write(server, argv[1], strlen(argv[1]));
    shutdown(server, SHUT_WR);
    char part[256];
    ssize_t received;
    while ((received = read(server, part, sizeof part)) > 0)
        fwrite(part, 1, (size_t)received, stdout);
    return 0;
}
