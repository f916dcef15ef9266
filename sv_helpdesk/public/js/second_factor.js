// Says in words why somebody of ours sees nothing: their session lacks the second factor.

$(document).on("app_ready", () => {
	if (!frappe.boot.sv_second_factor_missing) return;
	const text = __("You see no cases yet: this session needs your second factor.");
	const link = $("<a href='/second-factor'>").text(__("Enter the code"));
	$("<div class='alert alert-warning text-center mb-0' role='status'>")
		.text(`${text} `)
		.append(link)
		.prependTo("body");
});
