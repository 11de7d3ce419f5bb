/*
 * Sum server: one process, poll, and for each client a buffer for the line that has not come whole.
 * Replies always have a decimal place: 42.0.
 */
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 1000
#define LINE 8192

struct number {
    int sign;
    const char *whole, *fraction;
    int digits, places;
};

static struct pollfd fds[1 + MAX_CLIENTS]; /* fds[0] is the listening socket */
static char *lines[1 + MAX_CLIENTS];
static int lengths[1 + MAX_CLIENTS];
static nfds_t count = 1;

static int parse(const char *word, struct number *n)
{
    n->sign = *word == '-' ? -1 : 1;
    n->whole = word + (*word == '-' || *word == '+');
    n->digits = strspn(n->whole, "0123456789");
    n->fraction = n->whole + n->digits;
    n->places = 0;
    if (*n->fraction == '.') {
        n->places = strspn(++n->fraction, "0123456789");
        if (n->places == 0)
            return 0;
    }
    return n->digits > 0 && n->fraction[n->places] == '\0';
}

/* The digit that counts 10^power. */
static int digit(const struct number *n, int power)
{
    if (power >= 0)
        return power < n->digits ? n->whole[n->digits - 1 - power] - '0' : 0;
    return -power <= n->places ? n->fraction[-power - 1] - '0' : 0;
}

/* Writes the sum to reply, from its end backwards, and returns where it begins. */
static char *add(const struct number *a, const struct number *b, char *reply)
{
    int high = a->digits > b->digits ? a->digits : b->digits;
    int low = -(a->places > b->places ? a->places : b->places);
    int sign = 0, carry = 0;
    char *p = reply + 2 * LINE;

    for (int power = high; power >= low && sign == 0; power--)
        sign = a->sign * digit(a, power) + b->sign * digit(b, power);
    sign = sign < 0 ? -1 : 1;

    *--p = '\0';
    *--p = '\n';
    if (low == 0)
        *--p = '0', *--p = '.';
    for (int power = low; power <= high; power++) {
        int value = sign * (a->sign * digit(a, power) + b->sign * digit(b, power)) + carry;
        carry = value < 0 ? -1 : value / 10;
        *--p = '0' + (value + 10) % 10;
        if (power == -1)
            *--p = '.';
    }
    while (p[0] == '0' && p[1] != '.')
        p++;
    if (sign < 0)
        *--p = '-';
    return p;
}

static void send_all(int fd, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        /* MSG_NOSIGNAL: a client that is gone must not kill us with SIGPIPE. */
        ssize_t n = send(fd, text, left, MSG_NOSIGNAL);
        if (n < 0)
            return;
        text += n;
        left -= n;
    }
}

static void answer(int fd, char *line)
{
    static char reply[2 * LINE];
    struct number a, b;
    char *first = strtok(line, " \t\r"), *second = strtok(NULL, " \t\r");

    if (!second || strtok(NULL, " \t\r") || !parse(first, &a) || !parse(second, &b))
        send_all(fd, "error: expected two numbers\n");
    else
        send_all(fd, add(&a, &b, reply));
}

/* Returns 0 when the connection is over. */
static int serve(nfds_t i)
{
    char *line = lines[i], *end;
    ssize_t n = recv(fds[i].fd, line + lengths[i], LINE - lengths[i], 0);

    if (n <= 0)
        return 0;
    lengths[i] += n;
    while ((end = memchr(line, '\n', lengths[i]))) {
        int used = end - line + 1;
        char request[LINE];
        memcpy(request, line, used);
        /* A NUL would hide what stands behind it. */
        for (int j = 0; j < used; j++)
            if (request[j] == '\0')
                request[j] = '?';
        request[used - 1] = '\0';
        answer(fds[i].fd, request);
        lengths[i] -= used;
        memmove(line, end + 1, lengths[i]);
    }
    return lengths[i] < LINE;
}

int main(int argc, char *argv[])
{
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return EXIT_FAILURE;
    }
    address.sin_port = htons(atoi(argv[1]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 256) < 0) {
        perror("cannot listen");
        return EXIT_FAILURE;
    }
    fds[0] = (struct pollfd){.fd = listener, .events = POLLIN};

    for (;;) {
        if (poll(fds, count, -1) < 0)
            continue;
        /* Backwards, because the last one moves to the gap of one that has left. */
        for (nfds_t i = count - 1; i > 0; i--)
            if (fds[i].revents && !serve(i)) {
                close(fds[i].fd);
                free(lines[i]);
                count--;
                fds[i] = fds[count];
                lines[i] = lines[count];
                lengths[i] = lengths[count];
            }
        if (fds[0].revents && count <= MAX_CLIENTS) {
            fds[count] = (struct pollfd){.fd = accept(listener, NULL, NULL), .events = POLLIN};
            lines[count] = malloc(LINE);
            lengths[count] = 0;
            count += fds[count].fd >= 0;
        }
    }
}
