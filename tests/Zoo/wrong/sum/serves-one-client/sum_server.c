/* One accept is enough for one client only; the server ends with it. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    char line[8192], rest;
    long long a, b;
    double x, y;
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 5);

    int client = accept(listener, NULL, NULL);
    FILE *in = fdopen(client, "r");
    while (fgets(line, sizeof line, in)) {
        if (sscanf(line, "%lld %lld %c", &a, &b, &rest) == 2)
            dprintf(client, "%lld\n", a + b);
        else if (sscanf(line, "%lf %lf %c", &x, &y, &rest) == 2)
            dprintf(client, "%.10g\n", x + y);
        else
            dprintf(client, "error\n");
    }
    fclose(in);
    close(listener);
    return 0;
}
