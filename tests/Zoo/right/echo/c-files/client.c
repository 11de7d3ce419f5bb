/* Echo client. Usage: client MESSAGE PORT */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net.h"

int main(int argc, char *argv[])
{
    char buffer[4096];
    ssize_t count;

    if (argc != 3) {
        fprintf(stderr, "usage: %s MESSAGE PORT\n", argv[0]);
        return EXIT_FAILURE;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(atoi(argv[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0 ||
        write_all(fd, argv[1], strlen(argv[1])) < 0) {
        perror("no server");
        return EXIT_FAILURE;
    }
    shutdown(fd, SHUT_WR);
    while ((count = read(fd, buffer, sizeof buffer)) > 0)
        if (write_all(STDOUT_FILENO, buffer, count) < 0)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
